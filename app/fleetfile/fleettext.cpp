#include "fleetfile/fleettext.h"

#include "fleetfile/meaning.h"
#include "fleetfile/tables.h"
#include "yaml/check.h"
#include "yaml/write.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static void byPlace(std::vector<FileProblem> &problems)
{
    std::stable_sort(problems.begin(), problems.end(), [](const FileProblem &a, const FileProblem &b) {
        return std::pair(a.line, a.column) < std::pair(b.line, b.column);
    });
}

ReadFleet readFleet(const QByteArray &text)
{
    ReadFleet read;
    const yaml::Parsed root = yaml::parse(text);
    if (!root) {
        read.problems = root.error();
        return read;
    }
    read.problems = yaml::check(*root, fleetfile::fleetTable().spec());
    fleetfile::Remarks remarks = fleetfile::remarksOn(*root);
    read.problems.insert(read.problems.end(), remarks.problems.begin(), remarks.problems.end());
    read.warnings = std::move(remarks.warnings);
    byPlace(read.problems);
    byPlace(read.warnings);
    if (read.problems.empty())
        read.fleet = fleetfile::fleetTable().read(*root);
    return read;
}

QByteArray renderFleet(const Fleet &fleet)
{
    return "# Tidemark fleet file. Every key is described in docs/fleet.md; secrets are only named here.\n"
        + yaml::writeFile(fleetfile::fleetTable().write(fleet));
}

QString problemLines(const std::vector<FileProblem> &problems)
{
    QStringList lines;
    for (const FileProblem &problem : problems)
        lines << u"line %1, column %2: %3. %4"_s
                     .arg(QString::number(problem.line), QString::number(problem.column), problem.text,
                         problem.remedy)
                     .trimmed();
    return lines.join(u'\n');
}

} // namespace tidemark
