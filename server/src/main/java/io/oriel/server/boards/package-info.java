/**
 * Dashboards that lie in folders: files of Grafana's JSON become entries of the list.
 *
 * <p>In: the folders of {@code dashboards.folders} or {@code --dashboards}. Out: what the list
 * shows of each board, its text when it is opened, and a line for each file that can't be one. What
 * a panel is, is not known in here: the page reads that.
 *
 * <p>Come in by {@link io.oriel.server.boards.BoardFolders}. Files are looked at when somebody
 * asks, at most once a second; one is read again when its time or its size has changed. A file is
 * text of somebody else: nothing outside the folders is read, and every size has a {@link
 * io.oriel.model.limit.Limit}.
 *
 * <pre>
 *   folders -> FolderWalk: files inside, links that lead out refused -> BoardText: bounded, UTF-8
 *     -> BoardFacts: title, uid, tags, from any of Grafana's forms -> BoardFolders: one uid each
 * </pre>
 */
@NullMarked
package io.oriel.server.boards;

import org.jspecify.annotations.NullMarked;
