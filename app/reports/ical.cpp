#include "reports/ical.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr qsizetype LineOctets = 75;

bool isControl(QChar one)
{
    return one.category() == QChar::Other_Control || one == QChar::LineSeparator
        || one == QChar::ParagraphSeparator;
}

// TEXT of the standard: backslash, comma and semicolon escaped, line breaks as \n.
QString escaped(QString text)
{
    text.replace(u"\r\n"_s, u"\n"_s);
    QString made;
    for (const QChar one : text) {
        if (one == u'\\' || one == u',' || one == u';')
            made += QString(u'\\') + one;
        else if (one == u'\n' || one == u'\r' || one == QChar::LineSeparator
            || one == QChar::ParagraphSeparator)
            made += u"\\n"_s;
        else if (one == u'\t' || !isControl(one))
            made += one;
    }
    return made;
}

bool continuesCharacter(char octet)
{
    return (static_cast<unsigned char>(octet) & 0xC0U) == 0x80U;
}

// The first line holds 75 octets, each further one a space and 74.
QByteArray folded(const QByteArray &line)
{
    QByteArray made;
    qsizetype at = 0;
    qsizetype room = LineOctets;
    while (line.size() - at > room) {
        qsizetype length = room;
        while (length > 1 && continuesCharacter(line[at + length]))
            --length;
        made += line.mid(at, length) + "\r\n ";
        at += length;
        room = LineOctets - 1;
    }
    return made + line.mid(at) + "\r\n";
}

class Lines
{
public:
    void add(const char *name, const QString &value)
    {
        m_text += folded(QByteArray(name) + ':' + value.toUtf8());
    }
    void addText(const char *name, const QString &value)
    {
        if (!value.isEmpty())
            add(name, escaped(value));
    }
    void add(const char *name, Instant instant)
    {
        const QDateTime utc = QDateTime::fromSecsSinceEpoch(instant.seconds(), Qt::UTC);
        add(name, utc.toString(u"yyyyMMdd'T'HHmmss'Z'"_s));
    }
    [[nodiscard]] const QByteArray &text() const { return m_text; }

private:
    QByteArray m_text;
};

void addEvent(Lines &lines, const IcalEvent &event, Instant stamp)
{
    QStringList categories;
    for (const QString &category : event.categories)
        categories.append(escaped(category));
    lines.add("BEGIN", u"VEVENT"_s);
    lines.addText("UID", event.uid);
    lines.add("DTSTAMP", stamp);
    lines.add("DTSTART", event.start);
    if (event.start < event.end)
        lines.add("DTEND", event.end);
    lines.addText("SUMMARY", event.summary);
    lines.addText("DESCRIPTION", event.description);
    if (!categories.isEmpty())
        lines.add("CATEGORIES", categories.join(u','));
    lines.add("TRANSP", event.busy ? u"OPAQUE"_s : u"TRANSPARENT"_s);
    lines.add("END", u"VEVENT"_s);
}

} // namespace

QByteArray icalText(const IcalFile &file)
{
    Lines lines;
    lines.add("BEGIN", u"VCALENDAR"_s);
    lines.add("VERSION", u"2.0"_s);
    lines.add("PRODID", u"-//Tidemark//Schedule//EN"_s);
    lines.add("CALSCALE", u"GREGORIAN"_s);
    lines.add("METHOD", u"PUBLISH"_s);
    lines.addText("X-WR-CALNAME", file.name);
    for (const IcalEvent &event : file.events)
        addEvent(lines, event, file.stamp);
    lines.add("END", u"VCALENDAR"_s);
    return lines.text();
}

} // namespace tidemark
