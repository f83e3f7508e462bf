-- The audit trail becomes a chain: every row of a company has its number and carries the digest of all before it. Whoever
-- changes, removes, adds or moves a row has to rewrite all that follow, the head, and the anchors that lie outside.

ALTER TABLE "audit_event" DROP CONSTRAINT "audit_event_actor_kind_check";
ALTER TABLE "audit_event"
  ADD CONSTRAINT "audit_event_actor_kind_check" CHECK ("actor_kind" IN ('member', 'system', 'operator')),
  ADD COLUMN "actor_name" TEXT,
  ADD COLUMN "on_behalf_of" TEXT,
  ADD COLUMN "session_id" TEXT,
  ADD COLUMN "address" TEXT,
  ADD COLUMN "user_agent" TEXT,
  ADD COLUMN "at_local" TEXT,
  ADD COLUMN "seq" BIGINT CHECK ("seq" > 0),
  ADD COLUMN "prev_hash" TEXT,
  ADD COLUMN "hash" TEXT;

-- Where each chain ends. Its row is also the turn to write: whoever appends holds it until the commit.
CREATE TABLE "audit_head" (
  "tenant_id" TEXT NOT NULL,
  "seq" BIGINT NOT NULL,
  "hash" TEXT NOT NULL,
  CONSTRAINT "audit_head_pkey" PRIMARY KEY ("tenant_id"),
  CONSTRAINT "audit_head_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id")
);

-- What the clock on this zone's wall said, with its distance from UTC: `2026-11-20T15:04:05+05:30`.
CREATE FUNCTION app.local_time(moment timestamptz, zone text) RETURNS text
  LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
  there timestamp := moment AT TIME ZONE zone;
  seconds int := extract(epoch FROM there - (moment AT TIME ZONE 'UTC'));
BEGIN
  RETURN to_char(there, 'YYYY-MM-DD"T"HH24:MI:SS') || CASE WHEN seconds < 0 THEN '-' ELSE '+' END
    || to_char(make_interval(secs => abs(seconds)), 'HH24:MI');
END $$;
GRANT EXECUTE ON FUNCTION app.local_time(timestamptz, text) TO atrium_app;

-- The digest of a row and, through `prev_hash`, of all before it. It covers every column but its own result. What is null is
-- left out, so that a column added later, and added here, leaves the digests of older rows as they are. JSON goes in as its
-- text, so that JSON's null and no value are two things.
CREATE FUNCTION app.audit_digest(e audit_event) RETURNS text
  LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN encode(sha256(convert_to(e.prev_hash || jsonb_strip_nulls(jsonb_object(
    ARRAY['tenant_id', 'seq', 'id', 'at', 'at_local', 'actor_kind', 'actor_member_id', 'actor_name', 'on_behalf_of', 'session_id',
      'address', 'user_agent', 'action', 'entity', 'entity_id', 'before', 'after', 'reason', 'request_id'],
    ARRAY[e.tenant_id, e.seq::text, e.id, (extract(epoch FROM e.at) * 1000)::bigint::text, e.at_local, e.actor_kind, e.actor_member_id, e.actor_name,
      e.on_behalf_of, e.session_id, e.address, e.user_agent, e.action, e.entity, e.entity_id, e.before::text, e.after::text, e.reason, e.request_id]
  ))::text, 'UTF8')), 'hex');
END $$;
GRANT EXECUTE ON FUNCTION app.audit_digest(audit_event) TO atrium_app;

-- Appends rows to the chain of the transaction's company, in the order of the list, and moves the head. It holds the head's
-- row from here to the commit: call it last, so that writers wait for each other briefly and never in a circle.
CREATE FUNCTION app.append_audit(entries jsonb) RETURNS bigint
  LANGUAGE plpgsql AS $$
DECLARE
  head audit_head;
  event audit_event;
  zone text;
BEGIN
  INSERT INTO audit_head (tenant_id, seq, hash) VALUES (app.tenant_id(), 0, repeat('0', 64)) ON CONFLICT DO NOTHING;
  SELECT * INTO STRICT head FROM audit_head WHERE tenant_id = app.tenant_id() FOR UPDATE;
  SELECT time_zone INTO STRICT zone FROM tenant WHERE id = head.tenant_id;
  FOR event IN SELECT * FROM jsonb_populate_recordset(NULL::audit_event, entries) LOOP
    event.tenant_id := head.tenant_id;
    event.seq := head.seq + 1;
    event.prev_hash := head.hash;
    event.at_local := app.local_time(event.at, zone);
    -- Somebody who is only just signing in acts before the house has read their name.
    IF event.actor_name IS NULL AND event.actor_kind = 'member' THEN
      event.actor_name := (SELECT name FROM member WHERE tenant_id = head.tenant_id AND id = event.actor_member_id);
    END IF;
    event.hash := app.audit_digest(event);
    INSERT INTO audit_event VALUES (event.*);
    head.seq := event.seq;
    head.hash := event.hash;
  END LOOP;
  UPDATE audit_head SET seq = head.seq, hash = head.hash WHERE tenant_id = head.tenant_id;
  RETURN head.seq;
END $$;
GRANT EXECUTE ON FUNCTION app.append_audit(jsonb) TO atrium_app;

-- What is there already is chained as it stands. Row-level security binds the owner too, so it is lifted for these lines;
-- nobody else sees the tables meanwhile, because altering them has locked them.
ALTER TABLE "tenant" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "audit_event" NO FORCE ROW LEVEL SECURITY;
-- A job used to be written down as if the member had done it; now it acts for the member.
UPDATE "audit_event" SET "on_behalf_of" = "actor_member_id", "actor_member_id" = NULL WHERE "actor_kind" = 'system';
DO $$
DECLARE
  company record;
  event audit_event;
  head audit_head;
BEGIN
  FOR company IN SELECT id, time_zone FROM tenant ORDER BY id LOOP
    head := ROW(company.id, 0, repeat('0', 64));
    FOR event IN SELECT * FROM audit_event WHERE tenant_id = company.id ORDER BY id LOOP
      event.seq := head.seq + 1;
      event.prev_hash := head.hash;
      event.at_local := app.local_time(event.at, company.time_zone);
      event.hash := app.audit_digest(event);
      UPDATE audit_event SET seq = event.seq, prev_hash = event.prev_hash, at_local = event.at_local, hash = event.hash
      WHERE tenant_id = company.id AND id = event.id;
      head.seq := event.seq;
      head.hash := event.hash;
    END LOOP;
    INSERT INTO audit_head VALUES (head.*);
  END LOOP;
END $$;
ALTER TABLE "audit_event"
  ALTER COLUMN "seq" SET NOT NULL, ALTER COLUMN "prev_hash" SET NOT NULL, ALTER COLUMN "hash" SET NOT NULL, ALTER COLUMN "at_local" SET NOT NULL;
ALTER TABLE "audit_event" FORCE ROW LEVEL SECURITY;
ALTER TABLE "tenant" FORCE ROW LEVEL SECURITY;

CREATE UNIQUE INDEX "audit_event_tenant_id_seq_key" ON "audit_event" ("tenant_id", "seq");
CALL app.protect_tenant_table('audit_head', 'SELECT', 'INSERT', 'UPDATE');
