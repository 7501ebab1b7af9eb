/**
 * Cookies of one run of one source, in memory only. A cookie goes back to the host that set it and to no other
 * (RFC 6265 host-only), whatever its Domain attribute asks for: a warm-up session needs no more.
 */
export class CookieJar {
  readonly #byHost = new Map<string, Map<string, Cookie>>();

  /** Takes the `Set-Cookie` lines of a reply; lines that are not cookies are passed over, as browsers do. */
  store(url: URL, setCookie: readonly string[], now: number): void {
    for (const line of setCookie) {
      const [pair = '', ...attributes] = line.split(';');
      const split = pair.indexOf('=');
      const name = pair.slice(0, Math.max(split, 0)).trim();
      if (name === '') continue;
      const cookies = this.#byHost.get(url.host) ?? new Map<string, Cookie>();
      this.#byHost.set(url.host, cookies);
      const cookie: Cookie = { value: pair.slice(split + 1).trim(), path: '/', secure: false, expires: Infinity };
      for (const attribute of attributes) applyAttribute(cookie, attribute, now);
      if (cookie.expires <= now) cookies.delete(name);
      else cookies.set(name, cookie);
    }
  }

  /** The `Cookie` header for a request, or null where there is nothing to send. */
  header(url: URL, now: number): string | null {
    const pairs = [...(this.#byHost.get(url.host) ?? [])]
      .filter(
        ([, c]) => c.expires > now && pathMatches(url.pathname, c.path) && (!c.secure || url.protocol === 'https:'),
      )
      .map(([name, c]) => `${name}=${c.value}`);
    return pairs.length === 0 ? null : pairs.join('; ');
  }
}

interface Cookie {
  value: string;
  path: string;
  secure: boolean;
  /** Epoch ms. */
  expires: number;
}

function applyAttribute(cookie: Cookie, attribute: string, now: number): void {
  const [name = '', value = ''] = attribute.split(/=(.*)/s, 2).map((part) => part.trim());
  switch (name.toLowerCase()) {
    case 'path':
      if (value.startsWith('/')) cookie.path = value;
      break;
    case 'secure':
      cookie.secure = true;
      break;
    case 'max-age':
      if (/^-?\d+$/.test(value)) cookie.expires = now + Number(value) * 1000;
      break;
    case 'expires': {
      const at = Date.parse(value);
      // Max-Age wins over Expires in whatever order they stand (RFC 6265 §4.1.2.2).
      if (!Number.isNaN(at) && cookie.expires === Infinity) cookie.expires = at;
      break;
    }
  }
}

function pathMatches(path: string, cookiePath: string): boolean {
  const prefix = cookiePath.endsWith('/') ? cookiePath : `${cookiePath}/`;
  return path === cookiePath || path.startsWith(prefix);
}
