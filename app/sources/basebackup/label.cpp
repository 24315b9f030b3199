#include "basebackup/label.h"

#include "wal/histories.h"

#include <QHash>
#include <QtEndian>

#include <array>

using namespace Qt::StringLiterals;

namespace tidemark {

std::optional<BackupLabel> readLabel(const QByteArray &text)
{
    QHash<QString, QString> lines;
    for (const QString &line : QString::fromUtf8(text).split(u'\n'))
        if (const auto colon = line.indexOf(u": "); colon > 0)
            lines.insert(line.first(colon), line.sliced(colon + 2).trimmed());
    const QString where = lines.value(u"START WAL LOCATION"_s);
    const auto start = Lsn::parse(where.section(u' ', 0, 0));
    const qsizetype file = where.indexOf(u"(file ");
    if (!start || file < 0)
        return {};
    BackupLabel label;
    label.start = *start;
    label.timeline = { lines.value(u"START TIMELINE"_s).toUInt() };
    if (label.timeline.value == 0)
        label.timeline = { where.mid(file + 6, 8).toUInt(nullptr, 16) };
    label.started = labelTime(lines.value(u"START TIME"_s));
    label.label = lines.value(u"LABEL"_s);
    label.from = lines.value(u"BACKUP FROM"_s);
    if (const QString from = lines.value(u"INCREMENTAL FROM LSN"_s); !from.isEmpty())
        label.incrementalFrom = Lsn::parse(from);
    return label;
}

// "16384 /srv/fast disk" each; a backslash or a line's end within a path has a backslash before it.
QStringList readTablespaceMap(const QByteArray &text)
{
    QStringList paths;
    QByteArray line;
    for (qsizetype i = 0; i <= text.size(); ++i) {
        const bool end = i == text.size() || text[i] == '\n';
        if (end) {
            if (const qsizetype space = line.indexOf(' '); space > 0)
                paths.append(QString::fromUtf8(line.sliced(space + 1)));
            line.clear();
        } else {
            i += text[i] == '\\' && i + 1 < text.size() ? 1 : 0;
            line += text[i];
        }
    }
    return paths;
}

std::optional<ControlHead> readControlHead(const QByteArray &bytes)
{
    struct Catalog {
        quint32 version;
        int major;
    };
    static constexpr std::array Catalogs { Catalog { 201909212, 12 }, Catalog { 202007201, 13 },
        Catalog { 202107181, 14 }, Catalog { 202209061, 15 }, Catalog { 202307071, 16 },
        Catalog { 202406281, 17 }, Catalog { 202506291, 18 } };
    if (bytes.size() < ControlHeadSize)
        return {};
    ControlHead head { { qFromLittleEndian<quint64>(bytes.constData()) }, 0 };
    const auto catalog = qFromLittleEndian<quint32>(bytes.constData() + 12);
    for (const Catalog &known : Catalogs)
        if (known.version == catalog)
            head.major = known.major;
    return head;
}

} // namespace tidemark
