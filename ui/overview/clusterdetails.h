#pragma once

#include "overview/overviewwords.h"

class QPushButton;
class QTreeView;

namespace tidemark {

class PaneHead;

// Everything that was read from one cluster, line by line, to be read and copied.
class ClusterDetails : public QWidget
{
    Q_OBJECT

public:
    explicit ClusterDetails(QWidget *parent = nullptr);
    void showFacts(const QString &cluster, const std::vector<Fact> &facts);

Q_SIGNALS:
    void copied();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void copyAll();
    void copySelected();

    FactModel *m_facts;
    QTreeView *m_view;
    PaneHead *m_head;
    QPushButton *m_copy;
};

} // namespace tidemark
