#pragma once

#include <QListWidget>

namespace tidemark {

// A plain list of names in 28 px rows on the ground of a side pane. Each row keeps its whole name for the
// program and shows it in one line.
class NameList : public QListWidget
{
    Q_OBJECT

public:
    explicit NameList(int width, QWidget *parent = nullptr);

    // The choice stays where the name is still there, else it is the first.
    void setNames(const QStringList &names);
    [[nodiscard]] QString chosen() const;
    void choose(const QString &name);
};

} // namespace tidemark
