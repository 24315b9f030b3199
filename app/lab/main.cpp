// tidemark-lab: builds, starts, looks at and removes the practice lab.
#include "lab/command.h"

#include <QCoreApplication>

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("tidemark-lab"));
    return tidemark::lab::runCommand(QCoreApplication::arguments().mid(1));
}
