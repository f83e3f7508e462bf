-- The ways into the audit trail. Each ends in the number where the answer is a page of the newest, so that it is read in order.
CREATE INDEX "audit_event_tenant_id_action_seq_idx" ON "audit_event" ("tenant_id", "action", "seq");
CREATE INDEX "audit_event_tenant_id_at_idx" ON "audit_event" ("tenant_id", "at");
CREATE INDEX "audit_event_tenant_id_request_id_idx" ON "audit_event" ("tenant_id", "request_id");
-- A person's doing is what they did and what a job did for them. Row-level security keeps COALESCE from using an index, CASE not.
CREATE INDEX "audit_event_tenant_id_person_seq_idx" ON "audit_event"
  ("tenant_id", (CASE WHEN "actor_member_id" IS NULL THEN "on_behalf_of" ELSE "actor_member_id" END), "seq");
