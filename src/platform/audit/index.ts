import type { Db, Prisma } from '#src/platform/db.js';
import { insertAuditEvent } from './queries.js';

/** Who did what to which thing. No secrets and no texts of people in `data`. */
export interface AuditEvent {
  /** Id of the person, null for a command or the program itself. */
  actorId?: number | null;
  /** Dotted: `user.login`, `post.publish`. */
  action: string;
  /** `user`, `post`, … */
  targetType?: string;
  targetId?: string | number;
  data?: Prisma.InputJsonObject;
  /** Address of the client, where there is one. */
  address?: string | null;
}

/** Notes an event in the transaction of its cause, so that either both happened or neither. */
export function recordAudit(tx: Db, event: AuditEvent): Promise<void> {
  return insertAuditEvent(tx, {
    actorId: event.actorId ?? null,
    action: event.action,
    targetType: event.targetType ?? null,
    targetId: event.targetId === undefined ? null : String(event.targetId),
    data: event.data ?? {},
    address: event.address ?? null,
  });
}
