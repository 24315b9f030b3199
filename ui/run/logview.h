#pragma once

#include "procedure/logfold.h"

#include <QAbstractListModel>
#include <QListView>

namespace tidemark {

class LogModel : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;
    void show(std::vector<LogLine> lines);
    [[nodiscard]] const LogLine &line(int row) const { return m_lines[std::size_t(row)]; }
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    std::vector<LogLine> m_lines;
};

// What a step says. Follows its end until a person scrolls up; long runs of alike lines are folded, and a
// click or Enter on the fold opens it.
class LogView : public QListView
{
    Q_OBJECT

public:
    explicit LogView(QWidget *parent = nullptr);
    void show(const QByteArray &output);
    void forget(); // another step: its folds are closed
    [[nodiscard]] bool follows() const { return m_follows; }
    void setFollows(bool follows);

Q_SIGNALS:
    void followsChanged(bool follows);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void openFold(const QModelIndex &index);
    void dress();

    LogModel *m_model;
    QByteArray m_output;
    QSet<int> m_opened;
    bool m_follows = true;
    bool m_showing = false;
};

} // namespace tidemark
