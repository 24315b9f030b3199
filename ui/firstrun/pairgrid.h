#pragma once

#include <QStringList>
#include <QWidget>

namespace tidemark {

// The byte groups of a fingerprint, eight to a row, so that two people can read them to each other.
class PairGrid : public QWidget
{
    Q_OBJECT

public:
    explicit PairGrid(QWidget *parent = nullptr);
    void setPairs(const QStringList &pairs);
    [[nodiscard]] const QStringList &pairs() const { return m_pairs; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QStringList m_pairs;
};

} // namespace tidemark
