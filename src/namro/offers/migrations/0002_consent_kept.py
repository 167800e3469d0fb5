"""A consent stays as it was given: it may be withdrawn, once, and nothing else of it may change."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION namro_offers_keep_consent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL
        AND to_jsonb(NEW) - 'withdrawn_at' = to_jsonb(OLD) - 'withdrawn_at' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Sự đồng ý được giữ nguyên như khi cho; chỉ có thể rút lại một lần';
END $$;
CREATE TRIGGER offers_consent_kept BEFORE UPDATE OR DELETE ON offers_consent
    FOR EACH ROW EXECUTE FUNCTION namro_offers_keep_consent();
"""
BACKWARD = """
DROP TRIGGER offers_consent_kept ON offers_consent;
DROP FUNCTION namro_offers_keep_consent();
"""


class Migration(migrations.Migration):
    """Guard what people agreed to."""

    dependencies = [("offers", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
