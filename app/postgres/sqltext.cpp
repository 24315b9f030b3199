#include "postgres/sqltext.h"

#include <QFile>

// A static library's resources are there only once something asks for them by this name.
static void initialise()
{
    Q_INIT_RESOURCE(postgres);
}

using namespace Qt::StringLiterals;

namespace tidemark {

QString sqlText(const QString &name)
{
    initialise();
    QFile file(u":/sql/%1.sql"_s.arg(name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no SQL file %s", qPrintable(name));
    return QString::fromUtf8(file.readAll()).trimmed();
}

} // namespace tidemark
