#include "pbs/upid.h"

#include <QRegularExpression>

namespace tidemark::pbs {

using namespace Qt::StringLiterals;

namespace {

QString hex(quint64 number, int width)
{
    return QString::number(number, 16).toUpper().rightJustified(width, u'0');
}

bool staysAsItIs(char byte, bool first)
{
    const bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
    const bool digit = byte >= '0' && byte <= '9';
    return letter || digit || byte == '_' || (byte == '.' && !first);
}

const QRegularExpression &form()
{
    static const QRegularExpression expression(
        uR"(\AUPID:([a-zA-Z0-9](?:[a-zA-Z0-9\-]*[a-zA-Z0-9])?):([0-9A-Fa-f]{8}):([0-9A-Fa-f]{8,9}))"
        uR"(:([0-9A-Fa-f]{8,16}):([0-9A-Fa-f]{8}):([^:\s]+):([^:\s]*):([^:\s]+):\z)"_s);
    return expression;
}

} // namespace

QString escapeWorkerId(const QString &id)
{
    QByteArray out;
    for (const char byte : id.toUtf8()) {
        if (byte == '/')
            out += '-';
        else if (staysAsItIs(byte, out.isEmpty()))
            out += byte;
        else
            out += "\\x" + QByteArray(1, byte).toHex();
    }
    return QString::fromLatin1(out);
}

std::optional<QString> unescapeWorkerId(const QString &text)
{
    const QByteArray in = text.toUtf8();
    QByteArray out;
    for (qsizetype i = 0; i < in.size(); ++i) {
        if (in.at(i) != '\\') {
            out += in.at(i) == '-' ? '/' : in.at(i);
            continue;
        }
        bool isHex = false;
        const int byte = in.mid(i + 2, 2).toInt(&isHex, 16);
        if (in.mid(i, 2) != "\\x" || i + 4 > in.size() || !isHex)
            return std::nullopt;
        out += static_cast<char>(byte);
        i += 3;
    }
    return QString::fromUtf8(out);
}

std::optional<Upid> Upid::parse(const QString &text)
{
    const auto match = form().match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const auto id = unescapeWorkerId(match.captured(7));
    if (!id)
        return std::nullopt;
    return Upid {
        .node = match.captured(1),
        .pid = match.captured(2).toUInt(nullptr, 16),
        .pstart = match.captured(3).toULongLong(nullptr, 16),
        .taskId = match.captured(4).toULongLong(nullptr, 16),
        .started = Instant::fromSeconds(match.captured(5).toLongLong(nullptr, 16)),
        .type = match.captured(6),
        .workerId = *id,
        .authId = match.captured(8),
    };
}

QString Upid::format() const
{
    return u"UPID:"_s
        + QStringList { node, hex(pid, 8), hex(pstart, 8), hex(taskId, 8),
              hex(static_cast<quint64>(started.seconds()), 8), type, escapeWorkerId(workerId), authId }
              .join(u':')
        + u':';
}

} // namespace tidemark::pbs
