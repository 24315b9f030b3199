#include "wal/lsn.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

std::optional<std::uint32_t> hexHalf(QStringView digits)
{
    if (digits.isEmpty() || digits.size() > 8 || digits.startsWith(u'+') || digits.startsWith(u'-'))
        return std::nullopt;
    bool ok = false;
    const auto value = digits.toUInt(&ok, 16);
    return ok ? std::optional(std::uint32_t { value }) : std::nullopt;
}

} // namespace

std::optional<Lsn> Lsn::parse(const QString &text)
{
    const qsizetype slash = text.indexOf(u'/');
    if (slash < 0)
        return std::nullopt;
    const auto high = hexHalf(QStringView(text).left(slash));
    const auto low = hexHalf(QStringView(text).mid(slash + 1));
    if (!high || !low)
        return std::nullopt;
    return Lsn { std::uint64_t { *high } << 32 | *low };
}

QString Lsn::toString() const
{
    return u"%1/%2"_s.arg(
        QString::number(value >> 32, 16).toUpper(), QString::number(value & 0xffffffffU, 16).toUpper());
}

} // namespace tidemark
