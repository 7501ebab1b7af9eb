import { parentPort, workerData } from 'node:worker_threads';

/** Milliseconds from asking to having read the answer, over all searches. */
export interface SearchTimes {
  p50: number;
  p95: number;
  slowest: number;
  perSecond: number;
}

/** Clients in a thread of their own: each asks the next of the searches as soon as its last is answered. */
const { address, paths, clients } = workerData as { address: string; paths: string[]; clients: number };
const times: number[] = [];
const waiting = [...paths];
const start = performance.now();

async function client(): Promise<void> {
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const asked = performance.now();
    const reply = await fetch(address + path);
    // A slice of a title may hold nothing that can be searched for: refused, and not counted.
    await reply.arrayBuffer();
    if (reply.status === 200) times.push(performance.now() - asked);
    else if (reply.status !== 400) throw new Error(`${path}: ${reply.status}`);
  }
}

await Promise.all(Array.from({ length: clients }, client));
const seconds = (performance.now() - start) / 1000;
times.sort((a, b) => a - b);
const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))]!;
const result: SearchTimes = { p50: at(0.5), p95: at(0.95), slowest: at(1), perSecond: times.length / seconds };
parentPort!.postMessage(result);
