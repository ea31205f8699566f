import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { interfaceOf, type JsonSchema } from './schemaTypes';

const yaml = createRequire(import.meta.url)('js-yaml') as { load(text: string): unknown };

interface Contract {
  components: {
    schemas: Record<string, JsonSchema>;
    messages: Record<string, { payload: JsonSchema }>;
  };
}

function contract(name: string): Contract {
  const file = new URL(`../../../infra/${name}`, import.meta.url);
  return yaml.load(readFileSync(file, 'utf8')) as Contract;
}

it('has the types of the contract as it is; `vitest run -u` writes them anew', async () => {
  const rest = contract('openapi.yaml').components.schemas;
  const socket = contract('asyncapi.yaml').components;
  const frames = Object.fromEntries(
    Object.entries(socket.messages).map(([name, message]) => [name, message.payload]),
  );
  const here = '#/components/schemas/';

  const types = [
    '// Written by contract.test.ts, from infra/openapi.yaml and infra/asyncapi.yaml.\n',
    interfaceOf('Rest', rest, { [here]: 'Rest' }),
    interfaceOf('SocketSchemas', socket.schemas, { [here]: 'SocketSchemas' }),
    interfaceOf('Frames', frames, { [here]: 'SocketSchemas' }),
  ].join('\n');

  await expect(types).toMatchFileSnapshot('./contract.ts');
});

it('refuses a reference that leads nowhere', () => {
  expect(() => interfaceOf('Any', { One: { $ref: '#/elsewhere/Two' } }, {})).toThrow(
    '#/elsewhere/Two',
  );
});
