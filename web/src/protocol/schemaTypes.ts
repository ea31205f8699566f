/**
 * Writes the types of a contract's schemas (JSON Schema 2020-12, as far as the contracts use it).
 * What a type can't say, such as a length, is left out.
 */
export interface JsonSchema {
  $ref?: string;
  const?: string | number | boolean;
  enum?: string[];
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  oneOf?: JsonSchema[];
  anyOf?: JsonSchema[];
  allOf?: JsonSchema[];
}

/**
 * An interface with a member for each schema.
 *
 * @param known where references lead: by their beginning, the interface
 */
export function interfaceOf(
  name: string,
  schemas: Record<string, JsonSchema>,
  known: Record<string, string>,
): string {
  const members = Object.entries(schemas).map(
    ([member, schema]) => `  ${member}: ${typeOf(schema, known)};\n`,
  );
  return `export interface ${name} {\n${members.join('')}}\n`;
}

function typeOf(schema: JsonSchema, known: Record<string, string>): string {
  const alternatives = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])].filter(saysWhatItIs);
  const parts = [
    ...(schema.allOf ?? []).map((part) => typeOf(part, known)),
    ...(alternatives.length === 0
      ? []
      : [union(alternatives.map((alternative) => typeOf(alternative, known)))]),
    ...(saysWhatItIs({ ...schema, oneOf: [], anyOf: [], allOf: [] }) ? [plain(schema, known)] : []),
  ];
  return parts.length === 0 ? 'unknown' : parts.join(' & ');
}

/** Some alternatives only say which members have to be there. */
function saysWhatItIs(schema: JsonSchema): boolean {
  return (
    schema.$ref !== undefined ||
    schema.const !== undefined ||
    schema.enum !== undefined ||
    schema.type !== undefined ||
    schema.properties !== undefined ||
    [schema.oneOf, schema.anyOf, schema.allOf].some((parts) => parts && parts.length > 0)
  );
}

function plain(schema: JsonSchema, known: Record<string, string>): string {
  if (schema.$ref !== undefined) {
    return reference(schema.$ref, known);
  }
  if (schema.const !== undefined) {
    return literal(schema.const);
  }
  if (schema.enum) {
    return union(schema.enum.map(literal));
  }
  const types = [schema.type ?? 'object'].flat();
  return union(types.map((type) => typed(type, schema, known)));
}

function typed(type: string, schema: JsonSchema, known: Record<string, string>): string {
  switch (type) {
    case 'integer':
      return 'number';
    case 'array':
      return `(${typeOf(schema.items ?? {}, known)})[]`;
    case 'object':
      return schema.properties
        ? members(schema, schema.properties, known)
        : 'Record<string, unknown>';
    default:
      return type;
  }
}

function members(
  schema: JsonSchema,
  properties: Record<string, JsonSchema>,
  known: Record<string, string>,
): string {
  const lines = Object.entries(properties).map(([name, property]) => {
    const optional = schema.required?.includes(name) ? '' : '?';
    const quoted = /^\w+$/.test(name) ? name : `'${name}'`;
    return `${quoted}${optional}: ${typeOf(property, known)};`;
  });
  return `{ ${lines.join(' ')} }`;
}

function reference(path: string, known: Record<string, string>): string {
  const cut = path.lastIndexOf('/') + 1;
  const name = known[path.slice(0, cut)];
  if (name === undefined) {
    throw new Error(`A schema refers to ${path}, which has no types`);
  }
  return `${name}['${path.slice(cut)}']`;
}

function literal(value: string | number | boolean): string {
  return typeof value === 'string' ? `'${value}'` : String(value);
}

function union(types: string[]): string {
  return types.length === 1 ? (types[0] ?? '') : `(${types.join(' | ')})`;
}
