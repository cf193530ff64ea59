/** `%s` and `%b`. */
import { checkSpecifier, justified, refuseFlags, requireWidth, type Specifier } from './specifier.ts';

export function formatGeneral(text: string, specifier: Specifier): string {
  const { conversion = '', precision } = specifier;
  checkSpecifier(specifier);
  requireWidth(specifier, '-');
  refuseFlags(specifier, '#+ 0,(');
  const cut = precision === undefined ? text : text.slice(0, Number(precision));
  return justified(conversion === conversion.toUpperCase() ? cut.toUpperCase() : cut, specifier);
}
