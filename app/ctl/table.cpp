#include "ctl/table.h"

#include <QList>

using namespace Qt::StringLiterals;

namespace tidemark::ctl {

// Columns a character takes on a terminal.
static qsizetype columns(char32_t c)
{
    const auto category = QChar::category(c);
    if (category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing)
        return 0;
    const bool wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF)
        || (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F)
        || (c >= 0xFF00 && c <= 0xFF60) || (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x20000 && c <= 0x3FFFD);
    return wide ? 2 : 1;
}

static qsizetype width(const QString &text)
{
    qsizetype sum = 0;
    for (const char32_t c : text.toUcs4())
        sum += columns(c);
    return sum;
}

static QString line(const QStringList &cells, const QList<qsizetype> &widths)
{
    QString out;
    for (qsizetype i = 0; i < cells.size(); ++i) {
        out += cells[i];
        if (i + 1 < cells.size())
            out += QString(widths[i] - width(cells[i]) + 2, u' ');
    }
    while (out.endsWith(u' '))
        out.chop(1);
    return out + u'\n';
}

QString table(const QStringList &heading, const QList<QStringList> &rows)
{
    if (rows.isEmpty())
        return {};
    QList<qsizetype> widths;
    for (qsizetype i = 0; i < heading.size(); ++i) {
        qsizetype widest = width(heading[i]);
        for (const QStringList &row : rows)
            widest = std::max(widest, width(row[i]));
        widths << widest;
    }
    QString out = line(heading, widths);
    for (const QStringList &row : rows)
        out += line(row, widths);
    return out;
}

} // namespace tidemark::ctl
