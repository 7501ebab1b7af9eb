import type { Channel, Region, SourceSettings } from '../../../src/model/source.ts';
import type { ColumnOptions } from './options.ts';

/** What the readers of a column site know beside the page. */
export interface ColumnSite {
  settings: SourceSettings;
  region: Region;
  scope: 'own-region' | 'mixed';
  channels: readonly Channel[];
  options: ColumnOptions;
}
