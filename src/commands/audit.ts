import type { Core } from '../core.ts';
import { auditEntries, verifyAudit } from '../operations/audit.ts';

type Print = (line: string) => void | Promise<void>;

/** Says whether the audit is whole. Returns false at the first entry that is not as it was written. */
export async function verifyAuditCommand({ context }: Core, print: Print): Promise<boolean> {
  const { entries, broken } = await verifyAudit(context);
  if (broken === null) {
    await print(`The audit is whole: every one of ${entries} entries follows from the one before.`);
    return true;
  }
  await print(
    `The audit is broken at entry ${broken}: ${entries} entries before it are whole. It was changed or removed, or something was put in before it. Compare with a backup.`,
  );
  return false;
}

/** The audit as JSON lines, oldest first. */
export async function exportAuditCommand({ context }: Core, print: Print): Promise<void> {
  for await (const entry of auditEntries(context)) await print(JSON.stringify(entry));
}
