import type { Servers, Twist } from './servers.ts';

/** What a fault changes: the servers, or what the doctor is told. */
export interface Planted {
  env?: Record<string, string>;
  /** Text of the connection file. */
  connection?: string;
  now?: () => number;
}

export interface Fault {
  name: string;
  plant(servers: Servers): Promise<Planted | undefined> | Planted | undefined;
  /** The check that names it, and what it says. */
  link: string;
  code: string;
  says: string | RegExp;
}

export const HOUR = 3_600_000;

export const answerAt =
  (path: string | RegExp, answer: (request: Request) => Response | Promise<Response>): Twist =>
  (request, real) => {
    const { pathname } = new URL(request.url);
    return (typeof path === 'string' ? pathname === path : path.test(pathname)) ? answer(request) : real(request);
  };

export const page = () =>
  new Response('<html>Welcome to the hotel</html>', { headers: { 'content-type': 'text/html' } });

export const clerkError = (status: number, code: string) => () =>
  Response.json({ errors: [{ code, message: code, long_message: code }] }, { status });

/** The token endpoint gives this token instead. */
export const tokenIs = (token: () => Promise<string>): Twist =>
  answerAt(/\/tokens\/fauna$/, async () => Response.json({ object: 'token', jwt: await token() }));

/** Puts a fault before a server. */
export const twist =
  (name: keyof Servers['twist'], fault: Twist) =>
  (servers: Servers): undefined => {
    servers.twist[name] = fault;
  };

/** ms that Fauna's clock is ahead. */
export const faunaAhead =
  (ms: number) =>
  (servers: Servers): undefined => {
    servers.ahead.fauna = ms;
  };
