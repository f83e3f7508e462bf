-- How people come in: sessions, second factors, single sign-on, roles of a company's own, and what our support may see.

ALTER TABLE "tenant"
  DROP CONSTRAINT "tenant_status_check",
  ADD CONSTRAINT "tenant_status_check" CHECK ("status" IN ('active', 'suspended', 'deleted')),
  -- The platform's operators are members of one tenant that is nobody's company.
  ADD COLUMN "kind" TEXT NOT NULL DEFAULT 'company' CHECK ("kind" IN ('company', 'platform')),
  ADD COLUMN "plan" TEXT NOT NULL DEFAULT 'starter' CHECK ("plan" IN ('free', 'starter', 'professional', 'enterprise')),
  -- Without one the subscription has no end.
  ADD COLUMN "subscription_until" TIMESTAMPTZ(3),
  ADD COLUMN "session_max_minutes" INTEGER NOT NULL DEFAULT 720 CHECK ("session_max_minutes" BETWEEN 15 AND 1440),
  ADD COLUMN "session_idle_minutes" INTEGER NOT NULL DEFAULT 30 CHECK ("session_idle_minutes" BETWEEN 5 AND 1440),
  ADD COLUMN "requires_mfa" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "requires_sso" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "suspended_because" TEXT,
  -- From this moment nobody gets in; the rows are removed thirty days later.
  ADD COLUMN "deleted_at" TIMESTAMPTZ(3),
  ADD CONSTRAINT "tenant_deleted_has_a_day" CHECK (("status" = 'deleted') = ("deleted_at" IS NOT NULL));

ALTER TABLE "member"
  DROP CONSTRAINT "member_status_check",
  ADD CONSTRAINT "member_status_check" CHECK ("status" IN ('invited', 'active', 'deactivated')),
  ADD COLUMN "email_verified_at" TIMESTAMPTZ(3),
  ADD COLUMN "password_changed_at" TIMESTAMPTZ(3);

-- A role that a company made of permissions: {"people:read": "location", …}. The built-in ones are part of the house.
CREATE TABLE "role" (
  "tenant_id" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL CHECK (length("name") BETWEEN 1 AND 60),
  "name_lower" TEXT GENERATED ALWAYS AS (lower("name")) STORED,
  "description" TEXT,
  "grants" JSONB NOT NULL,
  "version" INTEGER NOT NULL DEFAULT 1,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "updated_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "role_pkey" PRIMARY KEY ("tenant_id", "id"),
  CONSTRAINT "role_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id")
);
CREATE UNIQUE INDEX "role_tenant_id_name_lower_key" ON "role" ("tenant_id", "name_lower");
CALL app.protect_tenant_table('role', 'SELECT', 'INSERT', 'UPDATE', 'DELETE');

-- What one of our operators may see of a company, for how long and why. The company sees every one and can refuse it.
CREATE TABLE "support_grant" (
  "tenant_id" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  -- A member of the platform's own tenant, so no key leads there.
  "operator_id" TEXT NOT NULL,
  "operator_name" TEXT NOT NULL,
  "reason" TEXT NOT NULL CHECK (length("reason") BETWEEN 5 AND 500),
  "minutes" INTEGER NOT NULL CHECK ("minutes" BETWEEN 5 AND 480),
  "status" TEXT NOT NULL CHECK ("status" IN ('requested', 'granted', 'refused', 'ended')),
  "requested_at" TIMESTAMPTZ(3) NOT NULL,
  "decided_by" TEXT,
  "decided_at" TIMESTAMPTZ(3),
  "expires_at" TIMESTAMPTZ(3),
  CONSTRAINT "support_grant_pkey" PRIMARY KEY ("tenant_id", "id"),
  CONSTRAINT "support_grant_has_an_end" CHECK ("status" <> 'granted' OR "expires_at" IS NOT NULL),
  CONSTRAINT "support_grant_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id"),
  CONSTRAINT "support_grant_decider_fkey" FOREIGN KEY ("tenant_id", "decided_by") REFERENCES "member" ("tenant_id", "id")
);
CREATE INDEX "support_grant_tenant_id_decided_by_idx" ON "support_grant" ("tenant_id", "decided_by");
CALL app.protect_tenant_table('support_grant', 'SELECT', 'INSERT', 'UPDATE');

-- A session belongs to a member, or to an operator by a grant. The signed token only names it: what holds stands here.
CREATE TABLE "session" (
  "tenant_id" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "member_id" TEXT,
  "support_grant_id" TEXT,
  "method" TEXT NOT NULL CHECK ("method" IN ('password', 'passkey', 'sso', 'support')),
  -- Whether a second factor, or a provider that answers for one, was part of coming in.
  "is_strong" BOOLEAN NOT NULL,
  "started_at" TIMESTAMPTZ(3) NOT NULL,
  "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
  -- The last time the person proved who they are.
  "verified_at" TIMESTAMPTZ(3) NOT NULL,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "ended_at" TIMESTAMPTZ(3),
  "ended_because" TEXT,
  "address" TEXT NOT NULL,
  "user_agent" TEXT NOT NULL,
  CONSTRAINT "session_pkey" PRIMARY KEY ("tenant_id", "id"),
  CONSTRAINT "session_has_one_person" CHECK (("member_id" IS NULL) <> ("support_grant_id" IS NULL)),
  CONSTRAINT "session_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id"),
  CONSTRAINT "session_member_fkey" FOREIGN KEY ("tenant_id", "member_id") REFERENCES "member" ("tenant_id", "id"),
  CONSTRAINT "session_support_grant_fkey" FOREIGN KEY ("tenant_id", "support_grant_id") REFERENCES "support_grant" ("tenant_id", "id")
);
CREATE INDEX "session_tenant_id_member_id_last_seen_at_idx" ON "session" ("tenant_id", "member_id", "last_seen_at");
CREATE INDEX "session_tenant_id_support_grant_id_idx" ON "session" ("tenant_id", "support_grant_id");
CALL app.protect_tenant_table('session', 'SELECT', 'INSERT', 'UPDATE', 'DELETE');

-- Links that are sent by mail: of each only the hash is kept, and it opens once.
CREATE TABLE "member_token" (
  "tenant_id" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "member_id" TEXT NOT NULL,
  "purpose" TEXT NOT NULL CHECK ("purpose" IN ('invitation', 'password-reset', 'email-change')),
  "token_hash" TEXT NOT NULL,
  -- The address that an e-mail change leads to.
  "email" TEXT CHECK (length("email") <= 254),
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "used_at" TIMESTAMPTZ(3),
  CONSTRAINT "member_token_pkey" PRIMARY KEY ("tenant_id", "id"),
  CONSTRAINT "member_token_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id"),
  CONSTRAINT "member_token_member_fkey" FOREIGN KEY ("tenant_id", "member_id") REFERENCES "member" ("tenant_id", "id")
);
CREATE UNIQUE INDEX "member_token_tenant_id_token_hash_key" ON "member_token" ("tenant_id", "token_hash");
CREATE INDEX "member_token_tenant_id_member_id_idx" ON "member_token" ("tenant_id", "member_id");
CALL app.protect_tenant_table('member_token', 'SELECT', 'INSERT', 'UPDATE', 'DELETE');

-- Failed proofs by account and address (both as a hash). Whoever fails waits longer each time; nobody else does.
CREATE TABLE "sign_in_failure" (
  "tenant_id" TEXT NOT NULL,
  "key" TEXT NOT NULL,
  "failures" INTEGER NOT NULL,
  "last_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "sign_in_failure_pkey" PRIMARY KEY ("tenant_id", "key"),
  CONSTRAINT "sign_in_failure_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id")
);
CREATE INDEX "sign_in_failure_tenant_id_last_at_idx" ON "sign_in_failure" ("tenant_id", "last_at");
CALL app.protect_tenant_table('sign_in_failure', 'SELECT', 'INSERT', 'UPDATE', 'DELETE');

-- An authenticator app. The last step that was used cannot be used again.
CREATE TABLE "totp" (
  "tenant_id" TEXT NOT NULL,
  "member_id" TEXT NOT NULL,
  "seed_sealed" TEXT NOT NULL,
  "last_step" BIGINT NOT NULL DEFAULT 0,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  -- Until the first right code it is only an offer.
  "confirmed_at" TIMESTAMPTZ(3),
  CONSTRAINT "totp_pkey" PRIMARY KEY ("tenant_id", "member_id"),
  CONSTRAINT "totp_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id"),
  CONSTRAINT "totp_member_fkey" FOREIGN KEY ("tenant_id", "member_id") REFERENCES "member" ("tenant_id", "id")
);
CALL app.protect_tenant_table('totp', 'SELECT', 'INSERT', 'UPDATE', 'DELETE');

CREATE TABLE "recovery_code" (
  "tenant_id" TEXT NOT NULL,
  "member_id" TEXT NOT NULL,
  "code_hash" TEXT NOT NULL,
  "used_at" TIMESTAMPTZ(3),
  CONSTRAINT "recovery_code_pkey" PRIMARY KEY ("tenant_id", "member_id", "code_hash"),
  CONSTRAINT "recovery_code_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id"),
  CONSTRAINT "recovery_code_member_fkey" FOREIGN KEY ("tenant_id", "member_id") REFERENCES "member" ("tenant_id", "id")
);
CALL app.protect_tenant_table('recovery_code', 'SELECT', 'INSERT', 'UPDATE', 'DELETE');

CREATE TABLE "passkey" (
  "tenant_id" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "member_id" TEXT NOT NULL,
  "name" TEXT NOT NULL CHECK (length("name") BETWEEN 1 AND 60),
  -- As the authenticator names it, base64url.
  "credential_id" TEXT NOT NULL,
  "public_key" TEXT NOT NULL,
  "counter" BIGINT NOT NULL,
  "transports" TEXT[] NOT NULL,
  "is_backed_up" BOOLEAN NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "last_used_at" TIMESTAMPTZ(3),
  CONSTRAINT "passkey_pkey" PRIMARY KEY ("tenant_id", "id"),
  CONSTRAINT "passkey_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id"),
  CONSTRAINT "passkey_member_fkey" FOREIGN KEY ("tenant_id", "member_id") REFERENCES "member" ("tenant_id", "id")
);
CREATE UNIQUE INDEX "passkey_tenant_id_credential_id_key" ON "passkey" ("tenant_id", "credential_id");
CREATE INDEX "passkey_tenant_id_member_id_idx" ON "passkey" ("tenant_id", "member_id");
CALL app.protect_tenant_table('passkey', 'SELECT', 'INSERT', 'UPDATE', 'DELETE');

-- A question put to an authenticator. It is removed with its answer, so no answer counts twice.
CREATE TABLE "passkey_challenge" (
  "tenant_id" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "member_id" TEXT,
  "purpose" TEXT NOT NULL CHECK ("purpose" IN ('register', 'sign-in', 'step-up')),
  "challenge" TEXT NOT NULL,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "passkey_challenge_pkey" PRIMARY KEY ("tenant_id", "id"),
  CONSTRAINT "passkey_challenge_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id"),
  CONSTRAINT "passkey_challenge_member_fkey" FOREIGN KEY ("tenant_id", "member_id") REFERENCES "member" ("tenant_id", "id")
);
CREATE INDEX "passkey_challenge_tenant_id_member_id_idx" ON "passkey_challenge" ("tenant_id", "member_id");
CREATE INDEX "passkey_challenge_tenant_id_expires_at_idx" ON "passkey_challenge" ("tenant_id", "expires_at");
CALL app.protect_tenant_table('passkey_challenge', 'SELECT', 'INSERT', 'DELETE');

-- A domain of the company's own, proved by a DNS record. Two companies may try; one can prove.
CREATE TABLE "tenant_domain" (
  "tenant_id" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL CHECK ("name" = lower("name") AND length("name") BETWEEN 4 AND 253),
  -- What the DNS record must say.
  "proof" TEXT NOT NULL,
  "verified_at" TIMESTAMPTZ(3),
  -- The name once more, when it is proved: then it is nobody else's.
  "verified_name" TEXT CHECK ("verified_name" = "name"),
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "tenant_domain_is_proved" CHECK (("verified_at" IS NULL) = ("verified_name" IS NULL)),
  CONSTRAINT "tenant_domain_pkey" PRIMARY KEY ("tenant_id", "id"),
  CONSTRAINT "tenant_domain_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id")
);
CREATE UNIQUE INDEX "tenant_domain_tenant_id_name_key" ON "tenant_domain" ("tenant_id", "name");
CREATE UNIQUE INDEX "tenant_domain_verified_name_key" ON "tenant_domain" ("verified_name");
CALL app.protect_tenant_table('tenant_domain', 'SELECT', 'INSERT', 'UPDATE', 'DELETE');
-- A request that comes to such a name is this company's, before anybody has signed in.
CREATE POLICY hosts ON "tenant_domain" FOR SELECT TO atrium_system USING ("verified_name" IS NOT NULL);
GRANT SELECT ("tenant_id", "verified_name") ON "tenant_domain" TO atrium_system;

-- An identity provider that speaks OpenID Connect.
CREATE TABLE "sso_connection" (
  "tenant_id" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL CHECK (length("name") BETWEEN 1 AND 60),
  "issuer" TEXT NOT NULL,
  "client_id" TEXT NOT NULL,
  "client_secret_sealed" TEXT NOT NULL,
  "is_enabled" BOOLEAN NOT NULL,
  -- Whether somebody with an address at a verified domain becomes a member by coming in, and with which roles.
  "joins_by_domain" BOOLEAN NOT NULL,
  "default_roles" TEXT[] NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "updated_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "sso_connection_pkey" PRIMARY KEY ("tenant_id", "id"),
  CONSTRAINT "sso_connection_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id")
);
CALL app.protect_tenant_table('sso_connection', 'SELECT', 'INSERT', 'UPDATE', 'DELETE');

-- Who somebody is to the provider: its subject, never the address.
CREATE TABLE "sso_identity" (
  "tenant_id" TEXT NOT NULL,
  "connection_id" TEXT NOT NULL,
  "subject" TEXT NOT NULL CHECK (length("subject") BETWEEN 1 AND 255),
  "member_id" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "last_used_at" TIMESTAMPTZ(3),
  CONSTRAINT "sso_identity_pkey" PRIMARY KEY ("tenant_id", "connection_id", "subject"),
  CONSTRAINT "sso_identity_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id"),
  CONSTRAINT "sso_identity_connection_fkey" FOREIGN KEY ("tenant_id", "connection_id") REFERENCES "sso_connection" ("tenant_id", "id"),
  CONSTRAINT "sso_identity_member_fkey" FOREIGN KEY ("tenant_id", "member_id") REFERENCES "member" ("tenant_id", "id")
);
CREATE INDEX "sso_identity_tenant_id_member_id_idx" ON "sso_identity" ("tenant_id", "member_id");
CALL app.protect_tenant_table('sso_identity', 'SELECT', 'INSERT', 'UPDATE', 'DELETE');
