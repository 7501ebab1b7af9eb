import type { Channel, SourceDefinition } from '../../../src/model/source.ts';
import { channelOf } from '../listing.ts';
import { optionsOf } from '../options.ts';
import { readDetail } from './detail.ts';
import { firstPage, readList } from './list.ts';
import { columnOptions } from './options.ts';
import type { ColumnSite } from './context.ts';

/** What a folder states of its site; the markup stands in config/sources.yaml, where an operator can mend it. */
interface ColumnSiteDescription extends Omit<SourceDefinition, 'create'> {
  /** Whether the site holds notices of the operator's region alone. */
  scope: 'own-region' | 'mixed';
}

/**
 * A source for a government site of columns: list pages that follow each other by a link, newest first,
 * and one page a notice. List and detail selectors are options, since such sites change their templates.
 */
export function columnSite({ scope, ...description }: ColumnSiteDescription): SourceDefinition {
  const schema = columnOptions(description.channels.map(({ id }: Channel) => id));
  const definition: SourceDefinition = {
    ...description,
    create(settings, region) {
      const site: ColumnSite = {
        settings,
        region,
        scope,
        channels: description.channels,
        options: optionsOf(schema, description.id, settings),
      };
      return {
        definition,
        settings,
        start: (channel, window) => [firstPage(site, channel, window)],
        read(page) {
          channelOf(description.channels, page.request);
          return page.request.role === 'detail' ? readDetail(site, page) : readList(site, page);
        },
      };
    },
  };
  return definition;
}
