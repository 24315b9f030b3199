#pragma once

#include <QStringList>

class QFileDialog;
class QWidget;

namespace tidemark {

// Where a person keeps documents; the home folder where there is no such folder.
[[nodiscard]] QString documentsFolder();

// Asks where to save; deletes itself. The first filter's files have this suffix.
[[nodiscard]] QFileDialog *makeSaveDialog(
    const QString &title, const QStringList &filters, const QString &name, QWidget *over);

} // namespace tidemark
