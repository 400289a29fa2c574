import type { Db, Prisma } from '#src/platform/db.js';

/** Writes one event. */
export async function insertAuditEvent(
  db: Db,
  event: Prisma.AuditEventUncheckedCreateInput,
): Promise<void> {
  await db.auditEvent.create({ data: event });
}
