/**
 * Inputs and rules as the flat properties of a Kafka Connect connector: {@link
 * io.pickaroon.config.properties.ConnectorReader} reads them, {@link io.pickaroon.config.properties.ConnectorProperties} writes
 * a daemon's settings as some.
 *
 * <p>A property is named by the path of its key. A list of sections is a list of names, each of which is a part of the names
 * of its properties, and the id of an input or rule:
 *
 * <pre>
 * inputs=shop
 * inputs.shop.include=/mnt/logs/shop/*.log,/mnt/logs/pay/*.log
 * inputs.shop.mode=complete
 * inputs.shop.fields.env=prod
 * inputs.shop.parse.regex=level=(?&lt;level&gt;\w+)
 * rules=errors
 * rules.errors.match.all=text,level
 * rules.errors.match.all.text.literal=payment
 * rules.errors.match.all.level.field.name=level
 * rules.errors.match.all.level.field.in=error,fatal
 * rules.errors.emit.topic=shop-errors
 * rules.errors.emit.headers=file,offset,tenant
 * rules.errors.emit.headers.tenant={field.env}
 * </pre>
 *
 * <p>A list of texts is separated by commas, and blanks around its items are left out. There, a backslash before a comma, a
 * blank or a backslash takes that character as a part of the item; before any other it stands for itself. All other texts are
 * taken as they stand: nothing is expanded in them. Static fields are in the order of their names.
 */
package io.pickaroon.config.properties;
