import { fromChromium, isPrivileged, registerPrivileged } from '../browser/app-origin.ts';
import { hostState } from './host-state.ts';
import { strict } from './strict.ts';

export type ProtocolHandler = (request: Request) => Response | Promise<Response>;
interface CustomScheme {
  scheme: string;
  privileges?: { standard?: boolean; secure?: boolean };
}

const handlers = new Map<string, ProtocolHandler>();

export const handlerFor = (url: string): ProtocolHandler | undefined => {
  const mapped = fromChromium(url);
  return handlers.get(mapped.slice(0, mapped.indexOf(':')));
};

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged: (schemes: CustomScheme[]): void => {
    if (hostState.ready) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    for (const { scheme, privileges } of schemes) {
      if (!privileges?.standard || !privileges.secure) {
        throw new Error(`The simulated host can show '${scheme}:' only as a standard and secure scheme`);
      }
      registerPrivileged(scheme);
    }
  },
  handle: (scheme: string, handler: ProtocolHandler): void => {
    if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    if (!isPrivileged(scheme))
      throw new Error(`The simulated host handles schemes registered as privileged; '${scheme}' is not`);
    handlers.set(scheme, handler);
  },
  unhandle: (scheme: string): void => {
    if (!handlers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`);
  },
  isProtocolHandled: (scheme: string): boolean => handlers.has(scheme) || ['http', 'https', 'file'].includes(scheme),
});
