-- Invoices with GST. They are the seller's documents, so their numbers run through all companies; a company sees its own.

-- Who is invoiced for a company.
CREATE TABLE "billing_account" (
  "tenant_id" TEXT NOT NULL,
  "name" TEXT NOT NULL CHECK (length("name") BETWEEN 1 AND 200),
  "address_line" TEXT NOT NULL CHECK (length("address_line") BETWEEN 1 AND 300),
  "city" TEXT NOT NULL CHECK (length("city") BETWEEN 1 AND 100),
  -- As the goods and services tax numbers the states; the first two digits of every GSTIN registered there.
  "state_code" TEXT NOT NULL CHECK ("state_code" ~ '^[0-9]{2}$'),
  "pin_code" TEXT NOT NULL CHECK ("pin_code" ~ '^[1-9][0-9]{5}$'),
  "gstin" TEXT CHECK ("gstin" ~ '^[0-9A-Z]{15}$' AND left("gstin", 2) = "state_code"),
  "contacts" TEXT[] NOT NULL,
  "version" INTEGER NOT NULL CHECK ("version" > 0),
  "updated_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "billing_account_pkey" PRIMARY KEY ("tenant_id"),
  CONSTRAINT "billing_account_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id")
);
CALL app.protect_tenant_table('billing_account', 'SELECT', 'INSERT', 'UPDATE');

-- An invoice is never changed and never removed: no right to do that is granted. What was paid stands in a table of its own.
CREATE TABLE "invoice" (
  "tenant_id" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  -- These three are given by `app.number_invoice`, whatever was sent. The first year of the financial year: 2026 from April 2026.
  "financial_year" INTEGER NOT NULL DEFAULT 0,
  "serial" INTEGER NOT NULL DEFAULT 0,
  -- At most sixteen letters, numerals, hyphens and slashes: rule 46(b) of the CGST Rules, 2017.
  "number" TEXT NOT NULL DEFAULT '' CHECK ("number" ~ '^[A-Z0-9/-]{1,16}$'),
  "issued_at" TIMESTAMPTZ(3) NOT NULL,
  -- The day of that moment where the seller is.
  "issued_on" DATE NOT NULL CHECK ("issued_on" = ("issued_at" AT TIME ZONE 'Asia/Kolkata')::date),
  "due_on" DATE NOT NULL CHECK ("due_on" >= "issued_on"),
  "period_from" TIMESTAMPTZ(3) NOT NULL,
  "period_until" TIMESTAMPTZ(3) NOT NULL CHECK ("period_until" > "period_from"),
  -- For an invoice that begins a period when it is paid: that beginning, once for each, and what the period is of.
  "renews_from" TIMESTAMPTZ(3) CHECK ("renews_from" = "period_from"),
  "plan" TEXT CHECK ("plan" IN ('free', 'starter', 'professional', 'enterprise')),
  "seats" INTEGER CHECK ("seats" > 0),
  -- Seller and buyer as they were called on that day.
  "seller" JSONB NOT NULL,
  "buyer" JSONB NOT NULL,
  "place_of_supply" TEXT NOT NULL CHECK ("place_of_supply" ~ '^[0-9]{2}$'),
  "sac" TEXT NOT NULL CHECK ("sac" ~ '^[0-9]{6}$'),
  "lines" JSONB NOT NULL,
  "taxes" JSONB NOT NULL,
  -- An invoice of nothing is not made.
  "taxable_minor" BIGINT NOT NULL CHECK ("taxable_minor" > 0),
  "tax_minor" BIGINT NOT NULL CHECK ("tax_minor" >= 0),
  "total_minor" BIGINT NOT NULL,
  CONSTRAINT "invoice_total" CHECK ("total_minor" = "taxable_minor" + "tax_minor"),
  CONSTRAINT "invoice_renewal_is_whole" CHECK (num_nulls("renews_from", "plan", "seats") IN (0, 3)),
  CONSTRAINT "invoice_pkey" PRIMARY KEY ("tenant_id", "id"),
  CONSTRAINT "invoice_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id")
);
CREATE UNIQUE INDEX "invoice_tenant_id_number_key" ON "invoice" ("tenant_id", "number");
CREATE UNIQUE INDEX "invoice_tenant_id_renews_from_key" ON "invoice" ("tenant_id", "renews_from");
CALL app.protect_tenant_table('invoice', 'SELECT', 'INSERT');

-- What arrived for an invoice. Nothing of it is changed or removed later.
CREATE TABLE "invoice_payment" (
  "tenant_id" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "invoice_id" TEXT NOT NULL,
  "amount_minor" BIGINT NOT NULL CHECK ("amount_minor" > 0),
  "paid_on" DATE NOT NULL,
  "method" TEXT NOT NULL CHECK ("method" IN ('bank-transfer', 'upi', 'cheque', 'card', 'tax-deducted')),
  -- What names it wherever it came in. The same one twice is one payment.
  "reference" TEXT NOT NULL CHECK (length("reference") BETWEEN 3 AND 64),
  "reason" TEXT NOT NULL CHECK (length("reason") BETWEEN 1 AND 500),
  "recorded_by" TEXT NOT NULL,
  "recorded_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "invoice_payment_pkey" PRIMARY KEY ("tenant_id", "id"),
  CONSTRAINT "invoice_payment_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id"),
  CONSTRAINT "invoice_payment_invoice_fkey" FOREIGN KEY ("tenant_id", "invoice_id") REFERENCES "invoice" ("tenant_id", "id")
);
CREATE UNIQUE INDEX "invoice_payment_tenant_id_reference_key" ON "invoice_payment" ("tenant_id", "reference");
CREATE INDEX "invoice_payment_tenant_id_invoice_id_idx" ON "invoice_payment" ("tenant_id", "invoice_id");
CALL app.protect_tenant_table('invoice_payment', 'SELECT', 'INSERT');

-- The last number of each financial year. Nobody but the owner of the tables reaches it: the application may read no other
-- company's invoices, and must not be able to take a number without making the invoice that bears it.
CREATE TABLE app.invoice_series (
  financial_year integer NOT NULL PRIMARY KEY CHECK (financial_year BETWEEN 2017 AND 2199),
  last integer NOT NULL CHECK (last >= 0)
);

-- The seller's own book of what was issued. It outlives a company that is removed: section 36 of the CGST Act, 2017, asks for
-- the account of outward supplies for seventy-two months after the annual return was due.
CREATE TABLE app.invoice_register (
  financial_year integer NOT NULL REFERENCES app.invoice_series,
  serial integer NOT NULL,
  number text NOT NULL UNIQUE,
  tenant_id text NOT NULL,
  invoice_id text NOT NULL,
  issued_on date NOT NULL,
  buyer jsonb NOT NULL,
  place_of_supply text NOT NULL,
  taxable_minor bigint NOT NULL,
  taxes jsonb NOT NULL,
  total_minor bigint NOT NULL,
  PRIMARY KEY (financial_year, serial)
);

-- Gives an invoice the next number of its financial year, which begins on 1 April. The year's row stays locked until the
-- commit, so whoever comes at the same moment waits for what becomes of this one. A trigger's function cannot be called by
-- itself, and it runs with its owner's rights: that is the whole of the application's way to the series.
CREATE FUNCTION app.number_invoice() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.financial_year := extract(year FROM NEW.issued_on - interval '3 months');
  INSERT INTO app.invoice_series VALUES (NEW.financial_year, 0) ON CONFLICT DO NOTHING;
  SELECT last + 1 INTO STRICT NEW.serial FROM app.invoice_series WHERE financial_year = NEW.financial_year FOR UPDATE;
  NEW.number := format('ATR/%s-%s/%s', lpad((NEW.financial_year % 100)::text, 2, '0'), lpad(((NEW.financial_year + 1) % 100)::text, 2, '0'),
    lpad(NEW.serial::text, greatest(6, length(NEW.serial::text)), '0'));
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION app.number_invoice() FROM PUBLIC;
CREATE TRIGGER number_invoice BEFORE INSERT ON "invoice" FOR EACH ROW EXECUTE FUNCTION app.number_invoice();

-- The number counts as taken once the invoice is there: an INSERT that inserts nothing takes none. Of two rows of one INSERT
-- the second would bear the first one's number, and is refused here.
CREATE FUNCTION app.register_invoice() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE app.invoice_series SET last = NEW.serial WHERE financial_year = NEW.financial_year;
  INSERT INTO app.invoice_register VALUES (NEW.financial_year, NEW.serial, NEW.number, NEW.tenant_id, NEW.id, NEW.issued_on,
    NEW.buyer, NEW.place_of_supply, NEW.taxable_minor, NEW.taxes, NEW.total_minor);
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION app.register_invoice() FROM PUBLIC;
CREATE TRIGGER register_invoice AFTER INSERT ON "invoice" FOR EACH ROW EXECUTE FUNCTION app.register_invoice();
