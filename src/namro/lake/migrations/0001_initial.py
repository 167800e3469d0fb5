"""The catalogue of the lake, in the shape that every Iceberg program knows (JDBC catalogue, schema V1)."""

from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.RunSQL(
            """
            CREATE TABLE iceberg_tables (
                catalog_name varchar(255) NOT NULL,
                table_namespace varchar(255) NOT NULL,
                table_name varchar(255) NOT NULL,
                metadata_location varchar(1000),
                previous_metadata_location varchar(1000),
                iceberg_type varchar(5),
                PRIMARY KEY (catalog_name, table_namespace, table_name)
            );
            CREATE TABLE iceberg_namespace_properties (
                catalog_name varchar(255) NOT NULL,
                namespace varchar(255) NOT NULL,
                property_key varchar(255) NOT NULL,
                property_value varchar(1000) NOT NULL,
                PRIMARY KEY (catalog_name, namespace, property_key)
            );
            INSERT INTO iceberg_namespace_properties VALUES ('namro', 'lake', 'exists', 'true');
            """,
            "DROP TABLE iceberg_tables, iceberg_namespace_properties",
        ),
    ]
