# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""twitter.json: what a search for tweets answered."""

from __future__ import annotations

from pydantic import BaseModel


class Search(BaseModel):
    statuses: list[Tweet]
    search_metadata: SearchMetadata


class Tweet(BaseModel):
    metadata: TweetMetadata
    created_at: str
    id: int
    id_str: str
    text: str
    source: str
    truncated: bool
    in_reply_to_status_id: int | None = None
    in_reply_to_status_id_str: str | None = None
    in_reply_to_user_id: int | None = None
    in_reply_to_user_id_str: str | None = None
    in_reply_to_screen_name: str | None = None
    user: TwitterUser
    geo: Point | None = None
    coordinates: Point | None = None
    place: Place | None = None
    contributors: list[Contributor] | None = None
    retweeted_status: Tweet | None = None
    retweet_count: int
    favorite_count: int
    entities: TweetEntities
    favorited: bool
    retweeted: bool
    possibly_sensitive: bool | None = None
    lang: str


class TweetMetadata(BaseModel):
    result_type: str
    iso_language_code: str


class TwitterUser(BaseModel):
    id: int
    id_str: str
    name: str
    screen_name: str
    location: str
    description: str
    url: str | None = None
    entities: UserEntities
    protected: bool
    followers_count: int
    friends_count: int
    listed_count: int
    created_at: str
    favourites_count: int
    utc_offset: int | None = None
    time_zone: str | None = None
    geo_enabled: bool
    verified: bool
    statuses_count: int
    lang: str
    contributors_enabled: bool
    is_translator: bool
    is_translation_enabled: bool
    profile_background_color: str
    profile_background_image_url: str
    profile_background_image_url_https: str
    profile_background_tile: bool
    profile_image_url: str
    profile_image_url_https: str
    profile_banner_url: str | None = None
    profile_link_color: str
    profile_sidebar_border_color: str
    profile_sidebar_fill_color: str
    profile_text_color: str
    profile_use_background_image: bool
    default_profile: bool
    default_profile_image: bool
    following: bool
    follow_request_sent: bool
    notifications: bool


class UserEntities(BaseModel):
    description: Links
    url: Links | None = None


class Links(BaseModel):
    urls: list[Link]


class Link(BaseModel):
    url: str
    expanded_url: str
    display_url: str
    indices: list[int]


class Point(BaseModel):
    type: str
    coordinates: list[float]


class Place(BaseModel):
    id: str
    url: str
    place_type: str
    name: str
    full_name: str
    country_code: str
    country: str


class Contributor(BaseModel):
    id: int
    id_str: str
    screen_name: str


class TweetEntities(BaseModel):
    hashtags: list[Hashtag]
    symbols: list[Hashtag]
    urls: list[Link]
    user_mentions: list[Mention]
    media: list[Media] | None = None


class Hashtag(BaseModel):
    text: str
    indices: list[int]


class Mention(BaseModel):
    screen_name: str
    name: str
    id: int
    id_str: str
    indices: list[int]


class Media(BaseModel):
    id: int
    id_str: str
    indices: list[int]
    media_url: str
    media_url_https: str
    url: str
    display_url: str
    expanded_url: str
    type: str
    sizes: MediaSizes
    source_status_id: int | None = None
    source_status_id_str: str | None = None


class MediaSizes(BaseModel):
    medium: MediaSize
    small: MediaSize
    thumb: MediaSize
    large: MediaSize


class MediaSize(BaseModel):
    w: int
    h: int
    resize: str


class SearchMetadata(BaseModel):
    completed_in: float
    max_id: int
    max_id_str: str
    next_results: str
    query: str
    refresh_url: str
    count: int
    since_id: int
    since_id_str: str


Document = Search
