#include "shell/clocks.h"

#include <QDateTime>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

QString fraction(Instant instant)
{
    const qint64 us = ((instant.sinceEpoch.count() % 1'000'000) + 1'000'000) % 1'000'000;
    if (us == 0)
        return {};
    return us % 1000 == 0 ? u".%1"_s.arg(us / 1000, 3, 10, QLatin1Char('0'))
                          : u".%1"_s.arg(us, 6, 10, QLatin1Char('0'));
}

QString offsetWords(int seconds)
{
    const int minutes = qAbs(seconds) / 60;
    return u"%1%2:%3"_s.arg(seconds < 0 ? u"\u2212"_s : u"+"_s)
        .arg(minutes / 60, 2, 10, QLatin1Char('0'))
        .arg(minutes % 60, 2, 10, QLatin1Char('0'));
}

} // namespace

Clocks::Clocks(QObject *parent)
    : QObject(parent)
    , m_local(QTimeZone::systemTimeZone())
{
}

void Clocks::setActive(Face face)
{
    if (face == m_active)
        return;
    m_active = face;
    Q_EMIT changed();
}

void Clocks::toggle()
{
    setActive(m_active == Face::Utc ? Face::Local : Face::Utc);
}

void Clocks::setLocalZone(const QString &zone)
{
    const QTimeZone wished(zone.toUtf8());
    const QTimeZone next = !zone.isEmpty() && wished.isValid() ? wished : QTimeZone::systemTimeZone();
    if (next == m_local)
        return;
    m_local = next;
    Q_EMIT changed();
}

QDateTime Clocks::at(Instant instant, Face face) const
{
    const qint64 ms = std::chrono::floor<std::chrono::milliseconds>(instant.sinceEpoch).count();
    return face == Face::Utc ? QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC)
                             : QDateTime::fromMSecsSinceEpoch(ms, m_local);
}

QString Clocks::inTable(Instant instant) const
{
    const QDateTime time = at(instant);
    const int thisYear = QDateTime::currentDateTimeUtc().date().year();
    return QLocale().toString(
        time, time.date().year() == thisYear ? u"d MMM HH:mm"_s : u"d MMM yyyy HH:mm"_s);
}

QString Clocks::timeOfDay(Instant instant) const
{
    return at(instant).toString(u"HH:mm:ss"_s);
}

QString Clocks::full(Instant instant) const
{
    return at(instant).toString(u"yyyy-MM-dd HH:mm:ss"_s) + fraction(instant) + u' '
        + shortZone(instant, m_active);
}

QString Clocks::both(Instant instant) const
{
    const QDateTime utc = at(instant, Face::Utc);
    const QDateTime local = at(instant, Face::Local);
    const QString pattern = utc.date() == local.date() ? u"HH:mm:ss"_s : u"yyyy-MM-dd HH:mm:ss"_s;
    return u"%1%2 UTC = %3%2 %4"_s.arg(utc.toString(u"yyyy-MM-dd HH:mm:ss"_s), fraction(instant),
        local.toString(pattern), shortZone(instant, Face::Local));
}

QString Clocks::zoneWords(Instant instant) const
{
    return zoneWords(instant, m_active);
}

QString Clocks::zoneWords(Instant instant, Face face) const
{
    const QString name = shortZone(instant, face);
    if (face == Face::Utc)
        return name;
    const QString offset = offsetWords(m_local.offsetFromUtc(at(instant, face)));
    return name == offset ? offset : name + u' ' + offset;
}

QString Clocks::shortZone(Instant instant, Face face) const
{
    if (face == Face::Utc)
        return u"UTC"_s;
    const QDateTime time = at(instant, face);
    const QString name = m_local.abbreviation(time);
    const bool isName = !name.isEmpty() && name.front().isLetter() && !name.startsWith("UTC+"_L1);
    return isName ? name : offsetWords(m_local.offsetFromUtc(time));
}

// Of an hour that happens twice the zone's name tells which one is meant.
std::optional<Instant> Clocks::typed(const QString &text) const
{
    const QString plain = text.simplified().replace(u'\u2212', u'-');
    if (const auto exact = Instant::parse(plain))
        return exact;
    const qsizetype space = plain.lastIndexOf(u' ');
    const QString zone = plain.mid(space + 1);
    const QString time = plain.left(std::max<qsizetype>(space, 0));
    if (const auto exact = Instant::parse(time + zone))
        return exact;
    const auto asUtc = Instant::parse(time + u"+00"_s);
    if (!asUtc || zone.compare(u"UTC"_s, Qt::CaseInsensitive) == 0)
        return asUtc;
    for (const auto near : { -std::chrono::days(1), std::chrono::days(1) }) {
        const Instant read
            = *asUtc - std::chrono::seconds(m_local.offsetFromUtc(at(*asUtc + near, Face::Utc)));
        if (shortZone(read, Face::Local).compare(zone, Qt::CaseInsensitive) == 0)
            return read;
    }
    return {};
}

} // namespace tidemark
