-- What a company has subscribed to, what it will have from its next day on, and what an operator lets it have beyond that.
-- What is in force at a moment follows from these columns and the clock: nothing has to run for a period to end.

ALTER TABLE "tenant"
  -- So many people may sign in, those who have yet to accept counted in. As many as the plan has that nobody chose.
  ADD COLUMN "seats" INTEGER NOT NULL DEFAULT 50 CONSTRAINT "tenant_seats_check" CHECK ("seats" BETWEEN 1 AND 1000000),
  -- The beginning of the first paid month: the later ones are counted from there. In the future while a trial still runs.
  ADD COLUMN "subscription_from" TIMESTAMPTZ(3),
  ADD COLUMN "is_trial" BOOLEAN NOT NULL DEFAULT false,
  -- A change that takes something away waits for the end of what was paid.
  ADD COLUMN "next_plan" TEXT CONSTRAINT "tenant_next_plan_check" CHECK ("next_plan" IN ('free', 'starter', 'professional', 'enterprise')),
  ADD COLUMN "next_seats" INTEGER CONSTRAINT "tenant_next_seats_check" CHECK ("next_seats" BETWEEN 1 AND 1000000),
  ADD COLUMN "next_plan_at" TIMESTAMPTZ(3),
  ADD CONSTRAINT "tenant_next_plan_is_whole" CHECK (num_nulls("next_plan", "next_seats", "next_plan_at") IN (0, 3)),
  -- The subscription ends with what was paid, without a grace.
  ADD COLUMN "cancelled_at" TIMESTAMPTZ(3),
  -- Counts the changes of what the company may do, so that a copy that is late does not replace a newer one.
  ADD COLUMN "limits_version" INTEGER NOT NULL DEFAULT 0;

-- Row-level security binds the owner too; a change of type reads every row whatever it says. Whoever is here already gets
-- all seats of their plan, so that nobody is left without one.
ALTER TABLE "tenant" ALTER COLUMN "seats" TYPE INTEGER
  USING (CASE "plan" WHEN 'free' THEN 10 WHEN 'professional' THEN 500 WHEN 'enterprise' THEN 20000 ELSE 50 END);

GRANT UPDATE (
  "seats", "subscription_from", "is_trial", "next_plan", "next_seats", "next_plan_at", "cancelled_at", "limits_version"
) ON "tenant" TO atrium_app;

-- So many requests as one of our operators lets a company have, instead of its plan's.
CREATE TABLE "limit_override" (
  "tenant_id" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  -- Empty is what the plan says.
  "per_minute" INTEGER CHECK ("per_minute" > 0),
  "per_hour" INTEGER CHECK ("per_hour" > 0),
  -- Without one it holds until somebody ends it.
  "until" TIMESTAMPTZ(3),
  "reason" TEXT NOT NULL CHECK (length("reason") BETWEEN 5 AND 500),
  -- The operator's name, or that of whoever has the command line.
  "made_by" TEXT NOT NULL,
  "made_at" TIMESTAMPTZ(3) NOT NULL,
  "ended_at" TIMESTAMPTZ(3),
  "ended_by" TEXT,
  CONSTRAINT "limit_override_pkey" PRIMARY KEY ("tenant_id", "id"),
  CONSTRAINT "limit_override_says_something" CHECK (num_nonnulls("per_minute", "per_hour") > 0),
  CONSTRAINT "limit_override_end_has_somebody" CHECK (("ended_at" IS NULL) = ("ended_by" IS NULL)),
  CONSTRAINT "limit_override_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id")
);
CREATE UNIQUE INDEX "limit_override_live_key" ON "limit_override" ("tenant_id") WHERE "ended_at" IS NULL;
CALL app.protect_tenant_table('limit_override', 'SELECT', 'INSERT', 'UPDATE');
-- The operators' list of companies shows which of them have more than their plan.
CREATE POLICY running ON "limit_override" FOR SELECT TO atrium_system USING ("ended_at" IS NULL);
GRANT SELECT ("tenant_id", "per_minute", "per_hour", "until", "ended_at") ON "limit_override" TO atrium_system;

-- What lies in the files' folder or bucket for a company, by key: its plan says how much that may be.
CREATE TABLE "stored_file" (
  "tenant_id" TEXT NOT NULL,
  "key" TEXT NOT NULL,
  "bytes" BIGINT NOT NULL CHECK ("bytes" >= 0),
  "stored_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "stored_file_pkey" PRIMARY KEY ("tenant_id", "key"),
  CONSTRAINT "stored_file_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id")
);
CALL app.protect_tenant_table('stored_file', 'SELECT', 'INSERT', 'UPDATE', 'DELETE');
