import type { Core } from '../core.ts';
import type { Official, Role } from '../domain/official.ts';
import type { Problem } from '../domain/problem.ts';
import { addOfficial, listOfficials, revokeOfficial } from '../operations/officials.ts';
import { problemText } from '../wording/problem.ts';

type Print = (line: string) => void;

/** @throws Error with the remedy when the agency is unknown or an input is refused */
export async function addOfficialCommand(
  { context, catalogue }: Core,
  input: { name: string; agency: string; roles: readonly Role[] },
  print: Print,
): Promise<void> {
  const wanted = input.agency.trim().toLowerCase();
  const agency = catalogue.agencies.find((a) =>
    [a.id, a.name.ko, a.name.en, ...a.aliases.ko, ...a.aliases.en].some(
      (name) => name.toLowerCase() === wanted,
    ),
  );
  if (agency === undefined) {
    const near = catalogue.agencies
      .filter((a) => `${a.name.ko} ${a.name.en}`.toLowerCase().includes(wanted))
      .slice(0, 5);
    const hint =
      near.length > 0 ? ` Did you mean ${near.map((a) => `${a.id} (${a.name.ko})`).join(', ')}?` : '';
    throw new Error(
      `No agency “${input.agency}” in the catalogue.${hint} Give its id, such as mois, or its full name, such as 행정안전부.`,
    );
  }
  const added = await addOfficial(
    context,
    { kind: 'console' },
    { name: input.name, agency: agency.id, roles: input.roles },
  );
  if (!added.ok) throw refusal(added.problem);
  const { official, linkCode, token } = added.value;
  print(`official   ${official.id}  ${official.name}, ${agency.name.en}, ${official.roles.join(' ')}`);
  print(`link code  ${linkCode}  (send /link ${linkCode} to the bot in a private chat; works once)`);
  print(`API token  ${token}  (Authorization: Bearer …)`);
  print('Neither is shown again.');
}

export async function listOfficialsCommand({ context }: Core, print: Print): Promise<void> {
  const officials = await listOfficials(context);
  if (officials.length === 0)
    print('No officials yet: npm run allim -- official add --name … --agency … --role …');
  for (const official of officials) print(line(official));
}

export async function revokeOfficialCommand({ context }: Core, id: string, print: Print): Promise<void> {
  const revoked = await revokeOfficial(context, { kind: 'console' }, id);
  if (!revoked.ok) throw refusal(revoked.problem);
  print(`Revoked: ${line(revoked.value)}`);
}

/** Fields are named as the options are. */
const refusal = (problem: Problem): Error =>
  new Error(`${problem.field === null ? '' : `--${problem.field}: `}${problemText(problem, 'en')}`);

const line = (o: Official): string =>
  `${o.id}  ${o.name}  ${o.agency}  ${o.roles.join(' ')}${o.revokedAt === null ? '' : `  revoked ${o.revokedAt}`}`;
