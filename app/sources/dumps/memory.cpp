#include "dumps/memory.h"

#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {
constexpr qsizetype MostKept = 5000;
}

QString DumpStamp::text() const
{
    return QString(QChar::fromLatin1(static_cast<char>(kind))) + u' ' + content + u' ' + globals;
}

std::optional<DumpStamp> DumpStamp::parse(const QString &text)
{
    const qsizetype first = text.indexOf(u' ');
    const qsizetype second = text.indexOf(u' ', first + 1);
    if (first != 1 || second < 0 || !QStringView(u"dgcw").contains(text[0]))
        return {};
    return DumpStamp { Kind { text[0].toLatin1() }, text.mid(2, second - 2), text.mid(second + 1) };
}

NoDumps::NoDumps(const QString &cursor)
{
    for (const QString &line : cursor.split(u'\n', Qt::SkipEmptyParts)) {
        const qsizetype space = line.indexOf(u' ');
        if (space > 0)
            m_contents.insert(
                QByteArray::fromPercentEncoding(line.mid(space + 1).toLatin1()), line.left(space));
    }
}

bool NoDumps::has(const DumpItem &item) const
{
    const auto known = m_contents.constFind(item.path);
    return known != m_contents.constEnd() && *known == item.content();
}

void NoDumps::add(const DumpItem &item)
{
    if (m_contents.size() < MostKept)
        m_contents.insert(item.path, item.content());
}

QString NoDumps::cursor() const
{
    QStringList lines;
    for (const auto &[path, content] : m_contents.asKeyValueRange())
        lines.append(content + u' ' + QString::fromLatin1(path.toPercentEncoding("/")));
    lines.sort();
    return lines.join(u'\n');
}

} // namespace tidemark
