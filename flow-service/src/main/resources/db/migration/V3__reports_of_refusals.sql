-- When a report that credentials are refused was, or will be, tested: workers who report often do not have an account locked.
alter table config_entry add column report_tested_at timestamptz;
