-- The roles and the database of an installation with a PostgreSQL of its own (15 to 18). Run it once, as a superuser:
--
--   psql -v owner_password=… -v app_password=… -f ops/postgres/roles.sql
--
-- Then start with DATABASE_URL (atrium_app) and DATABASE_OWNER_URL (atrium_owner). The application refuses to start with a
-- role that could see past row-level security.

CREATE ROLE atrium_owner LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD :'owner_password';

-- The application owns nothing. It inherits nothing either, so the rights of atrium_system come only with SET LOCAL ROLE.
CREATE ROLE atrium_app LOGIN NOINHERIT NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD :'app_password';
CREATE ROLE atrium_system NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION;
GRANT atrium_system TO atrium_app;

CREATE DATABASE atrium OWNER atrium_owner;
REVOKE ALL ON DATABASE atrium FROM PUBLIC;
GRANT CONNECT ON DATABASE atrium TO atrium_app;
