import type { SourceAdapter } from '../model/source.ts';

/** Says whether an address belongs to a source: redirects and links that lead elsewhere are not followed. */
export type OwnHosts = (url: URL) => boolean;

/**
 * The hosts of the configured address; while that is the address the source came with, its home page's too.
 * `www.` makes no difference, nor does http or https on their default ports; any other port does.
 */
export function ownHosts(adapter: SourceAdapter): OwnHosts {
  const { definition, settings } = adapter;
  const own = [settings.address];
  if (settings.address === definition.address) own.push(definition.homepage);
  const names = new Set(own.map((address) => nameOf(new URL(address))));
  return (url) => (url.protocol === 'http:' || url.protocol === 'https:') && names.has(nameOf(url));
}

function nameOf(url: URL): string {
  return url.host.replace(/^www\./, '');
}
