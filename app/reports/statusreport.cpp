#include "reports/statusreport.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

QString escaped(const QString &text)
{
    static const QString Marks = u"\\`*_{}[]<>#|~"_s;
    QString safe;
    for (const QChar c : text.simplified()) {
        if (Marks.contains(c))
            safe += u'\\';
        safe += c.category() == QChar::Other_Control ? QChar(u' ') : c;
    }
    return safe;
}

QString row(const QStringList &cells)
{
    QStringList safe;
    for (const QString &cell : cells)
        safe.append(escaped(cell));
    return u"| "_s + safe.join(u" | "_s) + u" |\n"_s;
}

QString tableText(const ReportTable &table)
{
    QString text = u"\n## "_s + escaped(table.title) + u"\n\n"_s;
    if (table.rows.isEmpty())
        return text + escaped(table.none) + u'\n';
    text += row(table.heads) + u'|' + u"---|"_s.repeated(table.heads.size()) + u'\n';
    for (const QStringList &cells : table.rows)
        text += row(cells);
    return text;
}

QString csvCell(const QString &text)
{
    QString cell = text;
    if (!cell.isEmpty() && u"=+-@\t\r"_s.contains(cell.front()))
        cell.prepend(u'\'');
    return u'"' + cell.replace(u'"', u"\"\""_s) + u'"';
}

QString csvRow(const QStringList &cells)
{
    QStringList quoted;
    for (const QString &cell : cells)
        quoted.append(csvCell(cell));
    return quoted.join(u',') + u"\r\n"_s;
}

} // namespace

QByteArray markdownOf(const StatusReport &report)
{
    QString text = u"# "_s + escaped(report.title) + u"\n\n"_s + escaped(report.at) + u"\n\n**"_s
        + escaped(report.sentence) + u"**\n\n"_s + escaped(report.support) + u'\n';
    if (!report.counts.isEmpty())
        text += u'\n';
    for (const QString &count : report.counts)
        text += u"- "_s + escaped(count) + u'\n';
    for (const ReportTable &table : report.tables)
        text += tableText(table);
    return text.toUtf8();
}

QByteArray csvOf(const ReportTable &table)
{
    QString text = csvRow(table.heads);
    for (const QStringList &cells : table.rows)
        text += csvRow(cells);
    return text.toUtf8();
}

} // namespace tidemark
