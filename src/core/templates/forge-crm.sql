-- Forge CRM: accounts, contacts, leads, opportunities and an audit log.

CREATE EXTENSION IF NOT EXISTS "uuid-ossp";

-- Accounts (companies/organizations)
CREATE TABLE accounts (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  name VARCHAR(255) NOT NULL,
  industry VARCHAR(100),
  website VARCHAR(255),
  phone VARCHAR(50),
  address JSONB,
  metadata JSONB DEFAULT '{}',
  created_at TIMESTAMP DEFAULT NOW(),
  updated_at TIMESTAMP DEFAULT NOW(),
  deleted_at TIMESTAMP
);

CREATE INDEX idx_accounts_name ON accounts(name);
CREATE INDEX idx_accounts_industry ON accounts(industry) WHERE deleted_at IS NULL;
CREATE INDEX idx_accounts_metadata_gin ON accounts USING GIN(metadata);

-- Contacts (people)
CREATE TABLE contacts (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  account_id UUID REFERENCES accounts(id) ON DELETE SET NULL,
  first_name VARCHAR(100) NOT NULL,
  last_name VARCHAR(100) NOT NULL,
  email VARCHAR(255) UNIQUE NOT NULL,
  phone VARCHAR(50),
  title VARCHAR(100),
  metadata JSONB DEFAULT '{}',
  created_at TIMESTAMP DEFAULT NOW(),
  updated_at TIMESTAMP DEFAULT NOW(),
  deleted_at TIMESTAMP
);

CREATE INDEX idx_contacts_account ON contacts(account_id) WHERE deleted_at IS NULL;
CREATE INDEX idx_contacts_email ON contacts(email) WHERE deleted_at IS NULL;
CREATE INDEX idx_contacts_name ON contacts(last_name, first_name);

-- Leads (potential customers)
CREATE TABLE leads (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  first_name VARCHAR(100),
  last_name VARCHAR(100),
  email VARCHAR(255),
  phone VARCHAR(50),
  company VARCHAR(255),
  title VARCHAR(100),
  source VARCHAR(50),
  status VARCHAR(50) DEFAULT 'new',
  rating INTEGER CHECK (rating BETWEEN 1 AND 5),
  converted_to_contact_id UUID REFERENCES contacts(id) ON DELETE SET NULL,
  converted_at TIMESTAMP,
  metadata JSONB DEFAULT '{}',
  created_at TIMESTAMP DEFAULT NOW(),
  updated_at TIMESTAMP DEFAULT NOW(),
  deleted_at TIMESTAMP
);

CREATE INDEX idx_leads_status ON leads(status) WHERE deleted_at IS NULL;
CREATE INDEX idx_leads_email ON leads(email) WHERE deleted_at IS NULL;
CREATE INDEX idx_leads_source ON leads(source);
CREATE INDEX idx_leads_rating ON leads(rating DESC);

-- Opportunities (sales deals)
CREATE TABLE opportunities (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  account_id UUID NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  name VARCHAR(255) NOT NULL,
  amount DECIMAL(12, 2) NOT NULL CHECK (amount >= 0),
  currency VARCHAR(3) DEFAULT 'USD',
  stage VARCHAR(50) DEFAULT 'prospecting',
  probability INTEGER DEFAULT 10 CHECK (probability BETWEEN 0 AND 100),
  expected_close_date DATE,
  actual_close_date DATE,
  status VARCHAR(50) DEFAULT 'open',
  owner_id UUID NOT NULL,
  metadata JSONB DEFAULT '{}',
  created_at TIMESTAMP DEFAULT NOW(),
  updated_at TIMESTAMP DEFAULT NOW(),
  deleted_at TIMESTAMP
);

CREATE INDEX idx_opportunities_account ON opportunities(account_id) WHERE deleted_at IS NULL;
CREATE INDEX idx_opportunities_stage ON opportunities(stage) WHERE status = 'open';
CREATE INDEX idx_opportunities_owner ON opportunities(owner_id);
CREATE INDEX idx_opportunities_close_date ON opportunities(expected_close_date) WHERE status = 'open';

-- Create audit log table
CREATE TABLE audit_logs (
  id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
  table_name VARCHAR(100) NOT NULL,
  record_id UUID NOT NULL,
  action VARCHAR(20) NOT NULL,
  old_values JSONB,
  new_values JSONB,
  changed_by UUID,
  changed_at TIMESTAMP DEFAULT NOW()
);

CREATE INDEX idx_audit_logs_table_record ON audit_logs(table_name, record_id);
CREATE INDEX idx_audit_logs_changed_at ON audit_logs(changed_at DESC);

-- Trigger function for audit logging
CREATE OR REPLACE FUNCTION audit_trigger_func()
RETURNS TRIGGER AS $$
BEGIN
  IF (TG_OP = 'INSERT') THEN
    INSERT INTO audit_logs (table_name, record_id, action, new_values)
    VALUES (TG_TABLE_NAME, NEW.id, 'INSERT', row_to_json(NEW)::jsonb);
    RETURN NEW;
  ELSIF (TG_OP = 'UPDATE') THEN
    INSERT INTO audit_logs (table_name, record_id, action, old_values, new_values)
    VALUES (TG_TABLE_NAME, NEW.id, 'UPDATE', row_to_json(OLD)::jsonb, row_to_json(NEW)::jsonb);
    RETURN NEW;
  ELSIF (TG_OP = 'DELETE') THEN
    INSERT INTO audit_logs (table_name, record_id, action, old_values)
    VALUES (TG_TABLE_NAME, OLD.id, 'DELETE', row_to_json(OLD)::jsonb);
    RETURN OLD;
  END IF;
END;
$$ LANGUAGE plpgsql;

-- Apply trigger to sensitive tables
CREATE TRIGGER opportunities_audit_trigger
AFTER INSERT OR UPDATE OR DELETE ON opportunities
FOR EACH ROW EXECUTE FUNCTION audit_trigger_func();

CREATE TRIGGER contacts_audit_trigger
AFTER INSERT OR UPDATE OR DELETE ON contacts
FOR EACH ROW EXECUTE FUNCTION audit_trigger_func();

-- Ensure opportunity close date logic
ALTER TABLE opportunities
ADD CONSTRAINT chk_opportunities_close_date_logic
CHECK (
  (status = 'won' AND actual_close_date IS NOT NULL) OR
  (status IN ('open', 'lost') AND actual_close_date IS NULL) OR
  (status = 'lost')
);

-- Ensure lead conversion logic
ALTER TABLE leads
ADD CONSTRAINT chk_leads_conversion_logic
CHECK (
  (status = 'converted' AND converted_to_contact_id IS NOT NULL AND converted_at IS NOT NULL) OR
  (status != 'converted' AND converted_to_contact_id IS NULL AND converted_at IS NULL)
);

-- Ensure valid currency codes
ALTER TABLE opportunities
ADD CONSTRAINT chk_opportunities_currency
CHECK (currency IN ('USD', 'EUR', 'GBP', 'CAD', 'AUD', 'JPY'));

-- What tables and columns hold
COMMENT ON TABLE accounts IS 'Companies and organizations';
COMMENT ON TABLE contacts IS 'People';
COMMENT ON TABLE leads IS 'Potential customers';
COMMENT ON TABLE opportunities IS 'Sales deals';
COMMENT ON TABLE audit_logs IS 'Every change of a row in an audited table';
COMMENT ON COLUMN accounts.address IS 'Keys: street, city, state, zip, country';
COMMENT ON COLUMN accounts.deleted_at IS 'Soft delete';
COMMENT ON COLUMN contacts.title IS 'Job title';
COMMENT ON COLUMN leads.source IS 'One of website, referral, event, cold_call';
COMMENT ON COLUMN leads.status IS 'One of new, contacted, qualified, converted, lost';
COMMENT ON COLUMN leads.rating IS '1-5 stars';
COMMENT ON COLUMN opportunities.stage IS 'Pipeline stage';
COMMENT ON COLUMN opportunities.status IS 'One of open, won, lost';
COMMENT ON COLUMN opportunities.owner_id IS 'User ID from auth service';
COMMENT ON COLUMN audit_logs.action IS 'One of INSERT, UPDATE, DELETE';
COMMENT ON COLUMN audit_logs.changed_by IS 'User ID';
