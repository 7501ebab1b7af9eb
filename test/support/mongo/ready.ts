import { installedEngine } from './install.ts';

/** Before the first test: the engine is there, or the run fails and says why. */
export async function setup(): Promise<void> {
  if (!process.env.MONGODB_URI) await installedEngine((line) => process.stderr.write(`${line}\n`));
}
