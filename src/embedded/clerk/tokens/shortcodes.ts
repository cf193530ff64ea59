/** What `{{…}}` can name: nested plain values, `user` and the rest. */
export type ShortcodeScope = Record<string, unknown>;

/**
 * Fills the shortcodes of a template's claims. A string that is one shortcode becomes its value, of whatever type;
 * within other text the value is written out. Unknown names and absent values are null (nothing, within text).
 * `||` takes the first operand that is neither null nor false; an operand is a name or a 'quoted' text.
 * The notation is Clerk's: https://clerk.com/docs/guides/sessions/jwt-templates.
 */
export function fillShortcodes(value: unknown, scope: ShortcodeScope): unknown {
  if (typeof value === 'string') return fillText(value, scope);
  if (Array.isArray(value)) return value.map((item) => fillShortcodes(item, scope));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fillShortcodes(item, scope)]));
  }
  return value;
}

const WHOLE = /^\{\{([^{}]*)\}\}$/;
const WITHIN = /\{\{([^{}]*)\}\}/g;

function fillText(text: string, scope: ShortcodeScope): unknown {
  const whole = WHOLE.exec(text);
  if (whole) return evaluate(whole[1] ?? '', scope);
  return text.replace(WITHIN, (_, expression: string) => write(evaluate(expression, scope)));
}

const write = (value: unknown): string => {
  if (value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

function evaluate(expression: string, scope: ShortcodeScope): unknown {
  let value: unknown = null;
  for (const operand of splitOperands(expression)) {
    value = evaluateOperand(operand, scope);
    if (value !== null && value !== false) break;
  }
  return value;
}

/** Splits at `||`, but not within quotes. */
function splitOperands(expression: string): string[] {
  const operands = [''];
  for (const [part] of expression.matchAll(/'[^']*'|"[^"]*"|\|\||./gs)) {
    if (part === '||') operands.push('');
    else operands.push(`${operands.pop()}${part}`);
  }
  return operands.map((operand) => operand.trim());
}

function evaluateOperand(operand: string, scope: ShortcodeScope): unknown {
  const quoted = /^(?:'([^']*)'|"([^"]*)")$/s.exec(operand);
  if (quoted) return quoted[1] ?? quoted[2] ?? '';
  let value: unknown = scope;
  for (const name of operand.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return null;
    value = (value as Record<string, unknown>)[name];
  }
  return value === scope ? null : (value ?? null);
}
