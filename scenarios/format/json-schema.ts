import * as z from 'zod';
import { mistaken } from './mistake.js';
import { runResultSchema } from './schema/run-result-schema.js';
import { scenarioSchema } from './schema/scenario-schema.js';

type JsonSchema = Readonly<Record<string, unknown>>;

/** Draft 7 is what the YAML language servers of editors understand in full. */
const OPTIONS = { io: 'input', target: 'draft-7', unrepresentable: 'any', override: keepExamples } as const;

/** zod leaves out the examples of what it transforms, because they might be of the result; ours are of what is written. */
function keepExamples({ zodSchema, jsonSchema }: { readonly zodSchema: z.core.$ZodType; readonly jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (typeof jsonSchema['shorthand'] === 'string') allowShorthand(jsonSchema, jsonSchema['shorthand']);
  const examples = z.globalRegistry.get(zodSchema)?.['examples'];
  if (Array.isArray(examples)) jsonSchema.examples = [...(examples as unknown[])];
}

/** A mapping that may be written as the value of one of its keys alone. */
function allowShorthand(jsonSchema: z.core.JSONSchema.BaseSchema, key: string): void {
  const { shorthand: _shorthand, description, ...mapping } = jsonSchema;
  for (const keyword of Object.keys(jsonSchema)) Reflect.deleteProperty(jsonSchema, keyword);
  Object.assign(jsonSchema, { description, anyOf: [mapping.properties?.[key], mapping] });
}

/** JSON Schema of the scenario format: what editors complete and check. */
export function scenarioJsonSchema(): JsonSchema {
  const schema = scenarioSchema(() => mistaken({ code: 'QL_SCENARIO_BAD_TRACE', message: 'No file is read here.' }));
  return titled('queuelab scenario', 'A message queue, its clients, what goes wrong, and what must hold.', z.toJSONSchema(schema, OPTIONS));
}

/** JSON Schema of what `--reporter json` writes for one run. */
export function runResultJsonSchema(): JsonSchema {
  return titled('queuelab run result', 'What one run of a scenario left behind.', z.toJSONSchema(runResultSchema, OPTIONS));
}

function titled(title: string, description: string, { $schema, ...schema }: JsonSchema): JsonSchema {
  return { $schema, title, description, ...schema };
}
