import { apiError } from './errors.ts';

/** One door: `path` has `:names`, each standing for one segment. */
export interface Route<Handler> {
  method: string;
  path: string;
  handler: Handler;
}

export interface Match<Handler> {
  handler: Handler;
  params: Record<string, string>;
}

/** Finds the route of a request. Throws 404 for an unknown path, 405 for a known one with another method. */
export function createRouter<Handler>(routes: readonly Route<Handler>[]) {
  const compiled = routes.map((route) => ({ ...route, segments: split(route.path) }));
  return (method: string, pathname: string): Match<Handler> => {
    const segments = split(pathname).map(decodeSegment);
    let pathKnown = false;
    for (const route of compiled) {
      const params = matchSegments(route.segments, segments);
      if (!params) continue;
      if (route.method === method) return { handler: route.handler, params };
      pathKnown = true;
    }
    if (pathKnown) throw apiError(405, 'method_not_allowed', 'This path does not answer that method.');
    throw apiError(404, 'resource_not_found', 'The embedded Clerk has nothing at this path.');
  };
}

const split = (path: string): string[] => path.split('/').filter((segment) => segment !== '');

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw apiError(400, 'request_invalid', 'The path of the request cannot be read.');
  }
}

function matchSegments(pattern: string[], segments: string[]): Record<string, string> | null {
  if (pattern.length !== segments.length) return null;
  const params: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const actual = segments[index] ?? '';
    if (expected.startsWith(':')) params[expected.slice(1)] = actual;
    else if (expected !== actual) return null;
  }
  return params;
}
