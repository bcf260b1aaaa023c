// Plain JavaScript, so that even an old Node can read it and say what is needed.
// `node src/start.js main.ts`: runs that file of this folder with the arguments that follow.
import module from 'node:module';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 24 && !(major === 22 && minor >= 18)) {
  console.error(
    `Allim needs Node 24 or newer, and this is ${process.versions.node}. On Linux and macOS \`npm ci\` brings one along ` +
      '(run the commands through npm); elsewhere install Node 24 from nodejs.org.',
  );
  process.exit(1);
}
// Types are stripped and code is compiled once a machine, not at every start.
module.enableCompileCache();
const [program = 'main.ts'] = process.argv.splice(2, 1);
await import(new URL(program, import.meta.url).href);
