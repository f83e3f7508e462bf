/**
 * The tables of the local Inngest server, in a schema of their own beside graphile-worker's.
 * Every statement can be repeated, so each start simply runs them all.
 *
 * Values of users are kept as `json`, not `jsonb`: it keeps the order of keys and takes `\u0000`.
 */
export const SCHEMA_SQL = `
create schema if not exists inngest;

create table if not exists inngest.functions (
  id text primary key,
  app text not null,
  url text not null,
  config json not null,
  -- A function that the app no longer has starts no run, but its unfinished runs still need its address.
  removed_at timestamptz
);

create table if not exists inngest.events (
  id text primary key,
  name text not null,
  body json not null,
  received_at timestamptz not null default now(),
  routed_at timestamptz
);
create index if not exists events_received on inngest.events (received_at);

create table if not exists inngest.runs (
  id text primary key,
  function_id text not null references inngest.functions,
  event json not null,
  status text not null default 'running' check (status in ('running', 'completed', 'failed', 'cancelled')),
  -- The number of the discovery call that is due; the answer to an older one is dropped.
  turn integer not null default 1,
  attempt integer not null default 0,
  result json,
  parent_run_id text,
  parent_step_id text,
  started_at timestamptz not null default now(),
  ended_at timestamptz
);
create index if not exists runs_ended on inngest.runs (ended_at) where ended_at is not null;

-- The order in which steps became finished, which is the order the SDK must see them in.
create sequence if not exists inngest.finish_order;

create table if not exists inngest.steps (
  run_id text not null references inngest.runs on delete cascade,
  id text not null,
  name text not null,
  opcode text not null,
  is_race boolean not null default false,
  attempt integer not null default 0,
  memo json,
  -- Null while the step is outstanding.
  finished bigint,
  primary key (run_id, id)
);
create index if not exists steps_outstanding on inngest.steps (run_id) where finished is null;

-- Who wants to hear of an event: a step that waits, or (without a step) a run that it would cancel.
create table if not exists inngest.listeners (
  id bigint generated always as identity primary key,
  run_id text not null references inngest.runs on delete cascade,
  step_id text,
  event_name text not null,
  expression text,
  expires_at timestamptz
);
create index if not exists listeners_event on inngest.listeners (event_name);
create index if not exists listeners_run on inngest.listeners (run_id);

-- Events and idempotency keys for which a function has already been started.
create table if not exists inngest.claims (
  function_id text not null,
  -- The SHA-256 of the key.
  key text not null,
  expires_at timestamptz not null,
  primary key (function_id, key)
);
create index if not exists claims_expired on inngest.claims (expires_at);
`;
