import { createInterface } from 'node:readline';
import { parseJson } from '../json';
import { InteropProgram } from './interopProgram';
import { Node } from './json';

/**
 * The other end of a test of the Java module's: what comes in by lines of JSON was made there, and
 * what goes out by lines is read there. Whoever has written something judges what was read of it.
 */
const seed = process.argv[2] ?? 'seed';
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

async function next(): Promise<Node> {
  const line = await lines.next();
  if (line.done) {
    throw new Error('The other end is gone');
  }
  return new Node(parseJson(line.value));
}

function tell(line: unknown): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

const program = await InteropProgram.start(seed);
tell({ people: await program.published(await next()) });
const theirs = await next();
await program.meet(theirs.at('people'));
tell({
  read: await program.read(theirs.at('messages')),
  opened: await program.open(theirs.at('files')),
});
tell({ messages: await program.write(await next()), files: await program.seal() });
tell({ right: program.judge(await next()) });
process.stdin.destroy();
