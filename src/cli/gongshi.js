#!/usr/bin/env node
// Plain JavaScript, so that an older Node can still say what is wrong.
const [major] = process.versions.node.split('.').map(Number);
if (major < 24) {
  console.error(`公示需要 Node.js 24 或更高版本，当前为 ${process.versions.node}。请用 npm run -s gongshi -- … 运行。`);
  process.exit(2);
}
const { main } = await import('./main.ts');
await main(process.argv);
