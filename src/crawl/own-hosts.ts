import type { SourceAdapter } from '../model/source.ts';

type ConfiguredSource = Pick<SourceAdapter, 'definition' | 'settings'>;

/** Says whether an address belongs to a source: redirects and links that lead elsewhere are not followed. */
export type OwnHosts = (url: URL) => boolean;

/**
 * The hosts of the configured address and those the operator names for attached files; while that is the address the source came with, its home page's too.
 * `www.` makes no difference, nor does http or https on their default ports; any other port does.
 */
export function ownHosts(adapter: ConfiguredSource): OwnHosts {
  const names = new Set([...hostNamesOf(adapter), ...adapter.settings.attachmentHosts]);
  return (url) => (url.protocol === 'http:' || url.protocol === 'https:') && names.has(nameOf(url));
}

/** The addresses whose hosts are a source's own. */
export function ownAddresses({ definition, settings }: ConfiguredSource): URL[] {
  const own = [settings.address];
  if (settings.address === definition.address) own.push(definition.homepage);
  return own.map((address) => new URL(address));
}

/** The names of a source's own hosts, with their port where it is not the protocol's. */
export function hostNamesOf(adapter: ConfiguredSource): string[] {
  return [...new Set(ownAddresses(adapter).map(nameOf))];
}

function nameOf(url: URL): string {
  return url.host.replace(/^www\./, '');
}
