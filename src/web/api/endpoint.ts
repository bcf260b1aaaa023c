import type { Context as Call } from 'hono';
import type { z } from 'zod';
import type { Actor, Official } from '../../domain/official.ts';
import type { Outcome } from '../../domain/problem.ts';
import type { Context } from '../../operations/context.ts';

/** What an endpoint's handler gets, checked. */
interface Request<Body, Query> {
  readonly context: Context;
  readonly official: Official;
  readonly actor: Actor;
  /** The id in the path; empty where there is none. */
  readonly id: string;
  readonly body: Body;
  readonly query: Query;
  /** The revision that `If-Match` names; null: any. */
  readonly seen: number | null;
}

/** One route of the officials' API, described once: served by router.ts, documented by openapi.ts. */
interface Described {
  readonly method: 'get' | 'post' | 'patch';
  /** Below `/api/v1`; `{id}` stands for an id. */
  readonly path: string;
  readonly name: string;
  readonly summary: string;
  readonly tag: string;
  /** Name of the answer's schema in the document, and what it answers with when all went well. */
  readonly answers: { readonly status: 200 | 201; readonly name: string; readonly schema: z.ZodType };
  /** Where the thing that was made can be read. */
  readonly location?: (answer: { readonly id: string }) => string;
  /** The answer tells a revision, which goes into `ETag`. */
  readonly revised?: true;
}

interface Definition<Body extends z.ZodType, Query extends z.ZodType, Answer extends z.ZodType>
  extends Described {
  readonly body: { readonly name: string; readonly schema: Body } | null;
  readonly query: Query;
  readonly answers: { readonly status: 200 | 201; readonly name: string; readonly schema: Answer };
  handle(request: Request<z.output<Body>, z.output<Query>>): Promise<Outcome<z.input<Answer>>>;
}

export interface Endpoint extends Described {
  readonly body: { readonly name: string; readonly schema: z.ZodType } | null;
  readonly query: z.ZodType;
  /** Checks what came against the schemas, then acts. */
  run(
    request: Omit<Request<unknown, unknown>, 'actor'>,
  ): Promise<Outcome<unknown> | { readonly issues: readonly z.core.$ZodIssue[] }>;
}

/** Ties the schemas' types to the handler's, and forgets them. */
export function endpoint<Body extends z.ZodType, Query extends z.ZodType, Answer extends z.ZodType>(
  definition: Definition<Body, Query, Answer>,
): Endpoint {
  const { handle, ...described } = definition;
  return {
    ...described,
    async run({ body, query, ...rest }) {
      const asked = definition.query.safeParse(query, { reportInput: true });
      if (!asked.success) return { issues: asked.error.issues };
      const sent = definition.body?.schema.safeParse(body, { reportInput: true });
      if (sent?.success === false) return { issues: sent.error.issues };
      const actor: Actor = { kind: 'official', official: rest.official, door: 'api' };
      return handle({ ...rest, actor, query: asked.data, body: sent?.data as z.output<Body> });
    },
  };
}

/** The last of each query parameter. */
export const queryOf = (call: Call): Record<string, string> =>
  Object.fromEntries(Object.entries(call.req.queries()).map(([name, values]) => [name, values.at(-1) ?? '']));
